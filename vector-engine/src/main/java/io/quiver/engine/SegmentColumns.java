package io.quiver.engine;

import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.CodeReader;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.Dictionary;
import io.quiver.engine.column.DoubleColumn;
import io.quiver.engine.column.LongColumn;
import io.quiver.engine.search.ColumnScan;
import io.quiver.engine.search.StopSignal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the rows of segments by their columns, each looked up once a segment. */
final class SegmentColumns implements ColumnScan {
  /** The first batch is small, for those who want a few rows; the next are larger and larger. */
  private static final int FIRST_BATCH = 64;

  private static final int GROWTH = 4;

  private final AdmittedRows admitted;
  private final StopSignal stop;
  private final @Nullable Column[] columns;
  private int[] rows = new int[0];
  private int count;
  private int segment = -1;

  /**
   * @param width how many columns there are
   */
  SegmentColumns(AdmittedRows admitted, int width, StopSignal stop) {
    this.admitted = admitted;
    this.columns = new @Nullable Column[width];
    this.stop = stop;
  }

  @Override
  public boolean next() {
    stop.check();
    if (rows.length < BATCH && rows.length == count) {
      rows = new int[Math.min(BATCH, GROWTH * Math.max(FIRST_BATCH / GROWTH, count))];
    }
    count = segment < 0 ? 0 : admitted.fill(rows, 0);
    while (count == 0) {
      if (!admitted.nextSegment()) {
        return false;
      }
      segment++;
      Arrays.fill(columns, null);
      count = admitted.fill(rows, 0);
    }
    return true;
  }

  private Column column(int ordinal) {
    Column known = columns[ordinal];
    if (known == null) {
      known = admitted.segment().column(ordinal);
      columns[ordinal] = known;
    }
    return known;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int segment() {
    return segment;
  }

  @Override
  public long name(int i) {
    return SegmentedView.name(admitted.place(), rows[i]);
  }

  @Override
  public @Nullable Object value(int column, int i) {
    return column(column).value(rows[i]);
  }

  /** Whether the batch is rows without a gap. */
  private boolean isRun() {
    return rows[count - 1] - rows[0] == count - 1;
  }

  @Override
  public boolean nulls(int column, boolean[] into) {
    Column values = column(column);
    if (areAllThere(values)) {
      return false;
    }
    boolean any = false;
    for (int i = 0; i < count; i++) {
      into[i] = values.isNull(rows[i]);
      any |= into[i];
    }
    return any;
  }

  private boolean areAllThere(Column values) {
    int from = rows[0] >>> 6;
    int to = rows[count - 1] >>> 6;
    if (to - from > count) {
      return false; // Asking row by row is less.
    }
    for (int word = from; word <= to; word++) {
      if (values.presence(word) != -1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void longs(int column, long[] into) {
    LongColumn values = (LongColumn) column(column);
    if (isRun()) {
      values.read(rows[0], count, into);
    } else {
      for (int i = 0; i < count; i++) {
        into[i] = values.longAt(rows[i]);
      }
    }
  }

  @Override
  public void doubles(int column, double[] into) {
    DoubleColumn values = (DoubleColumn) column(column);
    if (isRun()) {
      values.read(rows[0], count, into);
    } else {
      for (int i = 0; i < count; i++) {
        into[i] = values.doubleAt(rows[i]);
      }
    }
  }

  @Override
  public int codes(int column) {
    Dictionary dictionary = column(column) instanceof BytesColumn bytes ? bytes.dictionary() : null;
    return dictionary == null ? -1 : dictionary.size();
  }

  @Override
  public void codes(int column, int[] into) {
    CodeReader codes = ((BytesColumn) column(column)).codes();
    if (codes == null) {
      throw new IllegalStateException("Column " + column + " has no codes in this segment");
    }
    for (int i = 0; i < count; i++) {
      into[i] = codes.code(rows[i]);
    }
  }

  @Override
  public String decode(int column, int code) {
    Dictionary dictionary = ((BytesColumn) column(column)).dictionary();
    if (dictionary == null) {
      throw new IllegalStateException("Column " + column + " has no codes in this segment");
    }
    return new String(dictionary.bytes(code), StandardCharsets.UTF_8);
  }
}

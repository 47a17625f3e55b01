package io.quiver.planner.physical;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.ColumnScan;
import io.quiver.planner.columnar.Room;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.SqlColumnType;
import org.jspecify.annotations.Nullable;

/**
 * One column of a scan. Text that a segment keeps as codes is decoded once a code, so that equal
 * values of many rows are one object, and hashed once.
 */
final class ScannedColumn {
  /** More different values than this are decoded row by row. */
  private static final int MOST_DECODED = 1024;

  private final ColumnScan scan;
  private final int ordinal;
  private final SqlColumnType type;
  private final boolean isText;
  private int[] codes = new int[0];
  private boolean[] absent = new boolean[0];
  private boolean some;
  private int segment = -1;
  private @Nullable String @Nullable [] decoded;

  ScannedColumn(ColumnScan scan, int ordinal, SqlColumnType type) {
    this.scan = scan;
    this.ordinal = ordinal;
    this.type = type;
    this.isText =
        type.engineType() instanceof ColumnType.Scalar scalar && scalar.kind() == ScalarKind.STRING;
  }

  /** To be called for each batch of the scan. */
  void readBatch() {
    if (!isText) {
      return;
    }
    if (segment != scan.segment()) {
      segment = scan.segment();
      int different = scan.codes(ordinal);
      decoded = different >= 0 && different <= MOST_DECODED ? new String[different] : null;
    }
    if (decoded != null) {
      codes = Room.ints(codes, scan.count());
      absent = Room.booleans(absent, scan.count());
      scan.codes(ordinal, codes);
      some = scan.nulls(ordinal, absent);
    }
  }

  /** The value of a row of the batch, in the class of a plan's rows. */
  @Nullable Object value(int i) {
    @Nullable String[] known = decoded;
    if (known == null) {
      return ColumnValue.toRow(scan.value(ordinal, i), type);
    }
    if (some && absent[i]) {
      return null;
    }
    int code = codes[i];
    String text = known[code];
    if (text == null) {
      text = scan.decode(ordinal, code);
      known[code] = text;
    }
    return text;
  }
}

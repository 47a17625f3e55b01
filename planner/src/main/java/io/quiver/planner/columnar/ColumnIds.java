package io.quiver.planner.columnar;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.ColumnScan;
import io.quiver.planner.expression.ValueKey;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.SqlColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the different values of a column from 0 in the order in which they come; null is one of
 * them. Values are different where SQL says so. For one thread.
 */
public abstract sealed class ColumnIds {
  static final int NONE = -1;

  final int column;
  final SqlColumnType type;
  private boolean[] absent = new boolean[0];
  private final List<@Nullable Object> values = new ArrayList<>();
  private int nullId = NONE;

  private ColumnIds(int column, SqlColumnType type) {
    this.column = column;
    this.type = type;
  }

  /**
   * Of a column.
   *
   * @param column its ordinal in the engine
   */
  public static ColumnIds of(int column, SqlColumnType type) {
    return switch (type.engineType()) {
      case ColumnType.Scalar(var kind) ->
          switch (kind) {
            case BOOLEAN, INT32, INT64 -> new WholeNumbers(column, type);
            case STRING -> new Texts(column, type);
            case FLOAT32, FLOAT64, DECIMAL, UUID, BINARY -> new Values(column, type);
          };
      default -> new Values(column, type);
    };
  }

  /** The numbers of a batch's values. */
  public final void read(ColumnScan scan, int[] into) {
    absent = Room.booleans(absent, scan.count());
    boolean some = scan.nulls(column, absent);
    read(scan, into, some ? absent : null);
    if (some) {
      for (int i = 0; i < scan.count(); i++) {
        if (absent[i]) {
          if (nullId == NONE) {
            nullId = next(null);
          }
          into[i] = nullId;
        }
      }
    }
  }

  abstract void read(ColumnScan scan, int[] into, boolean @Nullable [] absent);

  /** Takes the next number for a value. */
  final int next(@Nullable Object value) {
    values.add(value);
    return values.size() - 1;
  }

  /** How many there are. */
  public final int size() {
    return values.size();
  }

  /** The value with a number, in the class of a plan's rows. */
  public final @Nullable Object value(int id) {
    return values.get(id);
  }

  /** The number of null, or -1. */
  public final int nullId() {
    return nullId;
  }

  final @Nullable Object row(@Nullable Object value) {
    return ColumnValue.toRow(value, type);
  }

  private static final class WholeNumbers extends ColumnIds {
    private final LongIds numbers = new LongIds();
    private long[] read = new long[0];
    private int[] ids = new int[16];

    WholeNumbers(int column, SqlColumnType type) {
      super(column, type);
    }

    @Override
    void read(ColumnScan scan, int[] into, boolean @Nullable [] absent) {
      read = Room.longs(read, scan.count());
      scan.longs(column, read);
      for (int i = 0; i < scan.count(); i++) {
        if (absent != null && absent[i]) {
          continue;
        }
        int known = numbers.size();
        int number = numbers.id(read[i]);
        if (number == known) {
          if (number == ids.length) {
            ids = Arrays.copyOf(ids, 2 * number);
          }
          ids[number] = next(row(scan.value(column, i)));
        }
        into[i] = ids[number];
      }
    }
  }

  /** Text, by its code where a segment has codes, else by itself. */
  private static final class Texts extends ColumnIds {
    /** A table of codes is not made for fewer rows than one in so many of its entries. */
    private static final int ENTRIES_A_ROW = 64;

    private final Map<Object, Integer> known = new HashMap<>();
    private int segment = NONE;
    private int @Nullable [] byCode;

    Texts(int column, SqlColumnType type) {
      super(column, type);
    }

    @Override
    void read(ColumnScan scan, int[] into, boolean @Nullable [] absent) {
      if (segment != scan.segment()) {
        segment = scan.segment();
        int codes = scan.codes(column);
        byCode = codes >= 0 && codes <= ENTRIES_A_ROW * scan.count() ? new int[codes] : null;
      }
      int[] table = byCode;
      if (table == null) {
        for (int i = 0; i < scan.count(); i++) {
          Object value = absent != null && absent[i] ? null : scan.value(column, i);
          if (value != null) {
            into[i] = id(value);
          }
        }
        return;
      }
      scan.codes(column, into);
      for (int i = 0; i < scan.count(); i++) {
        if (absent != null && absent[i]) {
          continue;
        }
        int code = into[i];
        int id = table[code] - 1; // 0 stands for none.
        if (id == NONE) {
          id = id(scan.decode(column, code));
          table[code] = id + 1;
        }
        into[i] = id;
      }
    }

    private int id(Object text) {
      Integer id = known.get(text);
      if (id == null) {
        id = next(text);
        known.put(text, id);
      }
      return id;
    }
  }

  /** Values of any class. */
  private static final class Values extends ColumnIds {
    private final Map<Object, Integer> known = new HashMap<>();

    Values(int column, SqlColumnType type) {
      super(column, type);
    }

    @Override
    void read(ColumnScan scan, int[] into, boolean @Nullable [] absent) {
      for (int i = 0; i < scan.count(); i++) {
        Object value = absent != null && absent[i] ? null : row(scan.value(column, i));
        if (value == null) {
          continue;
        }
        Object key = ValueKey.of(value);
        Integer id = known.get(key);
        if (id == null) {
          id = next(value);
          known.put(key, id);
        }
        into[i] = id;
      }
    }
  }
}

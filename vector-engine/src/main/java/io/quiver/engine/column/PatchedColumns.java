package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Columns some of whose rows have other values than they were written with. They have neither
 * dictionary nor zones, which would tell of the values before.
 */
public final class PatchedColumns {
  private PatchedColumns() {}

  /**
   * A column with other values.
   *
   * @param before the rows as they were written
   * @param later the other values, of the same type
   * @param places for a row its place in {@code later}; -1 if it has the value from before
   */
  public static Column of(Column before, Column later, IntUnaryOperator places) {
    return switch (before) {
      case LongColumn longs -> new Longs(longs, (LongColumn) later, places);
      case DoubleColumn doubles -> new Doubles(doubles, (DoubleColumn) later, places);
      case DecimalColumn decimals -> new Decimals(decimals, (DecimalColumn) later, places);
      case BytesColumn bytes -> new Bytes(bytes, (BytesColumn) later, places);
      case TextArrayColumn arrays -> new TextArrays(arrays, (TextArrayColumn) later, places);
      case SparseColumn sparse -> new SparseVectors(sparse, (SparseColumn) later, places);
      default ->
          throw new IllegalArgumentException("Invalid patch of a column of " + before.type());
    };
  }

  private interface Patched extends Column {
    Column before();

    Column later();

    IntUnaryOperator places();

    @Override
    default ColumnType type() {
      return before().type();
    }

    @Override
    default int rows() {
      return before().rows();
    }

    @Override
    default boolean isNull(int row) {
      int place = places().applyAsInt(row);
      return place < 0 ? before().isNull(row) : later().isNull(place);
    }

    @Override
    default long presence(int word) {
      long bits = before().presence(word);
      for (int i = 0; i < Long.SIZE; i++) {
        int place = places().applyAsInt(word * Long.SIZE + i);
        if (place >= 0) {
          bits = later().isNull(place) ? bits & ~(1L << i) : bits | 1L << i;
        }
      }
      return bits;
    }
  }

  /** Of a column whose values are not made of what else it tells. */
  private interface PatchedValues extends Patched {
    @Override
    default @Nullable Object value(int row) {
      int place = places().applyAsInt(row);
      return place < 0 ? before().value(row) : later().value(place);
    }
  }

  private record Longs(LongColumn before, LongColumn later, IntUnaryOperator places)
      implements LongColumn, PatchedValues {
    @Override
    public long longAt(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.longAt(row) : later.longAt(place);
    }
  }

  private record Doubles(DoubleColumn before, DoubleColumn later, IntUnaryOperator places)
      implements DoubleColumn, PatchedValues {
    @Override
    public double doubleAt(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.doubleAt(row) : later.doubleAt(place);
    }
  }

  private record Decimals(DecimalColumn before, DecimalColumn later, IntUnaryOperator places)
      implements DecimalColumn, Patched {
    @Override
    public boolean isCompact(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.isCompact(row) : later.isCompact(place);
    }

    @Override
    public long unscaled(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.unscaled(row) : later.unscaled(place);
    }

    @Override
    public int scale(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.scale(row) : later.scale(place);
    }

    @Override
    public BigDecimal decimal(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.decimal(row) : later.decimal(place);
    }
  }

  private record Bytes(BytesColumn before, BytesColumn later, IntUnaryOperator places)
      implements BytesColumn, PatchedValues {
    @Override
    public int length(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.length(row) : later.length(place);
    }

    @Override
    public MemorySegment segment(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.segment(row) : later.segment(place);
    }

    @Override
    public long offset(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.offset(row) : later.offset(place);
    }
  }

  private record TextArrays(TextArrayColumn before, TextArrayColumn later, IntUnaryOperator places)
      implements TextArrayColumn, Patched {
    @Override
    public int count(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.count(row) : later.count(place);
    }

    @Override
    public int length(int row, int element) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.length(row, element) : later.length(place, element);
    }

    @Override
    public MemorySegment segment(int row, int element) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.segment(row, element) : later.segment(place, element);
    }

    @Override
    public long offset(int row, int element) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.offset(row, element) : later.offset(place, element);
    }
  }

  /** Terms of a text that was changed before they were asked for. */
  private record SparseVectors(SparseColumn before, SparseColumn later, IntUnaryOperator places)
      implements SparseColumn, Patched {
    @Override
    public int rows() {
      return before.rows();
    }

    @Override
    public int count(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.count(row) : later.count(place);
    }

    @Override
    public MemorySegment indexSegment(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.indexSegment(row) : later.indexSegment(place);
    }

    @Override
    public long indexOffset(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.indexOffset(row) : later.indexOffset(place);
    }

    @Override
    public MemorySegment weightSegment(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.weightSegment(row) : later.weightSegment(place);
    }

    @Override
    public long weightOffset(int row) {
      int place = places.applyAsInt(row);
      return place < 0 ? before.weightOffset(row) : later.weightOffset(place);
    }
  }
}

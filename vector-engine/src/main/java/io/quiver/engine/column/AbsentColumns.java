package io.quiver.engine.column;

import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Columns of segments whose rows were written before their column was added: all null. */
final class AbsentColumns {
  private AbsentColumns() {}

  static Column of(ColumnType type, int rows) {
    return switch (type) {
      case ColumnType.Scalar scalar ->
          switch (scalar.kind()) {
            case BOOLEAN, INT32, INT64 -> new Longs(type, rows);
            case FLOAT32, FLOAT64 -> new Doubles(type, rows);
            case DECIMAL -> new Decimals(type, rows);
            case STRING, BINARY, UUID -> new Bytes(type, rows);
          };
      case ColumnType.TextArray array -> new TextArrays(type, rows);
      case ColumnType.DenseVector dense -> new Vectors(dense, rows);
      case ColumnType.SparseVector sparse -> new SparseVectors(type, rows);
      case ColumnType.MultiVector multi -> new MultiVectors(multi, rows);
    };
  }

  private interface Absent extends Column {
    @Override
    default long presence(int word) {
      return 0;
    }
  }

  private record Longs(ColumnType type, int rows) implements LongColumn, Absent {
    @Override
    public long longAt(int row) {
      return 0;
    }

    @Override
    public @Nullable Object value(int row) {
      return null;
    }
  }

  private record Doubles(ColumnType type, int rows) implements DoubleColumn, Absent {
    @Override
    public double doubleAt(int row) {
      return 0;
    }

    @Override
    public @Nullable Object value(int row) {
      return null;
    }
  }

  private record Decimals(ColumnType type, int rows) implements DecimalColumn, Absent {
    @Override
    public boolean isCompact(int row) {
      return true;
    }

    @Override
    public long unscaled(int row) {
      return 0;
    }

    @Override
    public int scale(int row) {
      return 0;
    }

    @Override
    public BigDecimal decimal(int row) {
      return BigDecimal.ZERO;
    }
  }

  private record Bytes(ColumnType type, int rows) implements BytesColumn, Absent {
    @Override
    public int length(int row) {
      return 0;
    }

    @Override
    public MemorySegment segment(int row) {
      return MemorySegment.NULL;
    }

    @Override
    public long offset(int row) {
      return 0;
    }

    @Override
    public @Nullable Object value(int row) {
      return null;
    }
  }

  private record TextArrays(ColumnType type, int rows) implements TextArrayColumn, Absent {
    @Override
    public int count(int row) {
      return 0;
    }

    @Override
    public int length(int row, int element) {
      return 0;
    }

    @Override
    public MemorySegment segment(int row, int element) {
      return MemorySegment.NULL;
    }

    @Override
    public long offset(int row, int element) {
      return 0;
    }
  }

  /** One row of zeros stands for all: every chunk is one row long. */
  private record Vectors(ColumnType.DenseVector type, int rows, MemorySegment zeros)
      implements DenseColumn, Absent {
    Vectors(ColumnType.DenseVector type, int rows) {
      this(
          type,
          rows,
          Arena.ofAuto().allocate(VectorRows.strideFor(type.dimension(), type.element()), 64));
    }

    @Override
    public boolean isNull(int row) {
      return true;
    }

    @Override
    public int stride() {
      return (int) zeros.byteSize();
    }

    @Override
    public int chunkShift() {
      return 0;
    }

    @Override
    public MemorySegment chunk(int chunk) {
      return zeros;
    }

    @Override
    public float inverseNorm(int row) {
      return 0;
    }
  }

  private record SparseVectors(ColumnType type, int rows) implements SparseColumn, Absent {
    @Override
    public int count(int row) {
      return 0;
    }

    @Override
    public MemorySegment indexSegment(int row) {
      return MemorySegment.NULL;
    }

    @Override
    public long indexOffset(int row) {
      return 0;
    }

    @Override
    public MemorySegment weightSegment(int row) {
      return MemorySegment.NULL;
    }

    @Override
    public long weightOffset(int row) {
      return 0;
    }
  }

  private record MultiVectors(ColumnType.MultiVector type, int rows)
      implements MultiVectorColumn, Absent {
    @Override
    public int tokens(int row) {
      return 0;
    }

    @Override
    public MemorySegment segment(int row) {
      return MemorySegment.NULL;
    }

    @Override
    public long offset(int row) {
      return 0;
    }
  }
}

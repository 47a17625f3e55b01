package io.quiver.sql.catalog;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.schema.VectorElement;

/** The type of a table's column, as SQL knows it, and the engine type that stores it. */
public sealed interface SqlColumnType {
  /** As {@code CREATE TABLE} writes it. */
  String sql();

  /** What stores its values. */
  ColumnType engineType();

  /** The types with a single value. */
  enum ScalarType {
    BOOLEAN(ScalarKind.BOOLEAN),
    SMALLINT(ScalarKind.INT32),
    INTEGER(ScalarKind.INT32),
    BIGINT(ScalarKind.INT64),
    REAL(ScalarKind.FLOAT32),
    DOUBLE(ScalarKind.FLOAT64),
    DECIMAL(ScalarKind.DECIMAL),
    VARCHAR(ScalarKind.STRING),
    JSON(ScalarKind.STRING),
    DATE(ScalarKind.INT32),
    TIME(ScalarKind.INT32),
    TIMESTAMP(ScalarKind.INT64),
    TIMESTAMP_TZ(ScalarKind.INT64),
    UUID(ScalarKind.UUID),
    VARBINARY(ScalarKind.BINARY);

    private final ScalarKind kind;

    ScalarType(ScalarKind kind) {
      this.kind = kind;
    }

    /** The engine's kind of such a value. */
    public ScalarKind kind() {
      return kind;
    }
  }

  /**
   * A single value.
   *
   * @param precision largest length of VARCHAR and VARBINARY, digits of DECIMAL, digits of a second
   *     of TIME and TIMESTAMP; -1 where none was given
   * @param scale digits after the point of DECIMAL, else 0
   */
  record Scalar(ScalarType type, int precision, int scale) implements SqlColumnType {
    /** A type without precision. */
    public static Scalar of(ScalarType type) {
      return new Scalar(type, -1, 0);
    }

    @Override
    public String sql() {
      String name =
          switch (type) {
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
            default -> type.name();
          };
      if (precision < 0) {
        return name;
      }
      return switch (type) {
        case DECIMAL -> name + "(" + precision + ", " + scale + ")";
        case TIMESTAMP_TZ -> "TIMESTAMP(" + precision + ") WITH TIME ZONE";
        default -> name + "(" + precision + ")";
      };
    }

    @Override
    public ColumnType engineType() {
      return new ColumnType.Scalar(type.kind());
    }
  }

  /** {@code VARCHAR ARRAY}. */
  record TextArray() implements SqlColumnType {
    @Override
    public String sql() {
      return "VARCHAR ARRAY";
    }

    @Override
    public ColumnType engineType() {
      return new ColumnType.TextArray();
    }
  }

  /** {@code VECTOR(n)}. */
  record Vector(int dimension, VectorElement element) implements SqlColumnType {
    @Override
    public String sql() {
      return element == VectorElement.FLOAT32
          ? "VECTOR(" + dimension + ")"
          : "VECTOR(" + dimension + ", " + element + ")";
    }

    @Override
    public ColumnType engineType() {
      return new ColumnType.DenseVector(dimension, element);
    }
  }

  /** {@code SPARSEVEC(n)}, indices from 0 to n - 1. */
  record SparseVector(int dimension) implements SqlColumnType {
    @Override
    public String sql() {
      return dimension == Integer.MAX_VALUE ? "SPARSEVEC" : "SPARSEVEC(" + dimension + ")";
    }

    @Override
    public ColumnType engineType() {
      return new ColumnType.SparseVector(dimension);
    }
  }

  /** {@code MULTIVECTOR(n)}. */
  record MultiVector(int dimension) implements SqlColumnType {
    @Override
    public String sql() {
      return "MULTIVECTOR(" + dimension + ")";
    }

    @Override
    public ColumnType engineType() {
      return new ColumnType.MultiVector(dimension);
    }
  }
}

package io.quiver.engine.write;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.write.InvalidRowException.Reason;
import org.jspecify.annotations.Nullable;

/** Whether a row fits its schema. */
final class RowCheck {
  private RowCheck() {}

  static void check(CollectionSchema schema, @Nullable Object[] values, int row) {
    if (values.length != schema.columns().size()) {
      throw new IllegalArgumentException(
          "Invalid row: " + values.length + " values for " + schema.columns().size() + " columns");
    }
    for (int i = 0; i < values.length; i++) {
      ColumnSpec column = schema.columns().get(i);
      if (column.derivation().isEmpty()) {
        new CellCheck(schema, column, row).check(values[i]);
      }
    }
  }

  /** Checks the value of one column. */
  static void check(CollectionSchema schema, int ordinal, @Nullable Object value, int row) {
    new CellCheck(schema, schema.columns().get(ordinal), row).check(value);
  }

  private record CellCheck(CollectionSchema schema, ColumnSpec column, int row) {
    void check(@Nullable Object value) {
      if (value == null) {
        if (!column.nullable()) {
          throw invalid(Reason.ABSENT_VALUE, "has no value, but the column allows no null");
        }
        return;
      }
      switch (column.type()) {
        case ColumnType.Scalar scalar -> {
          if (expect(scalar.kind().valueClass(), value) instanceof String string) {
            text(string);
          }
        }
        case ColumnType.TextArray array -> texts(expect(String[].class, value));
        case ColumnType.DenseVector vector -> dense(vector, expect(float[].class, value));
        case ColumnType.SparseVector sparse ->
            sparse(sparse, expect(SparseVectorValue.class, value));
        case ColumnType.MultiVector multi -> multi(multi, expect(float[][].class, value));
      }
    }

    private <T> T expect(Class<T> type, Object value) {
      if (!type.isInstance(value)) {
        throw invalid(
            Reason.WRONG_CLASS,
            "is a " + value.getClass().getSimpleName() + ", not a " + type.getSimpleName());
      }
      return type.cast(value);
    }

    /** Half of a surrogate pair cannot be written as UTF-8, so it would not be read again. */
    private void text(String string) {
      for (int i = 0; i < string.length(); i++) {
        if (Character.isHighSurrogate(string.charAt(i))
            && i + 1 < string.length()
            && Character.isLowSurrogate(string.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(string.charAt(i))) {
          throw invalid(
              Reason.OUT_OF_RANGE, "has half a character (surrogate) at position " + (i + 1));
        }
      }
    }

    private void texts(@Nullable String[] strings) {
      for (int i = 0; i < strings.length; i++) {
        String string = strings[i];
        if (string == null) {
          throw invalid(Reason.ABSENT_VALUE, "has no string at position " + (i + 1));
        }
        text(string);
      }
    }

    private void dense(ColumnType.DenseVector type, float[] vector) {
      dimension(type.dimension(), vector.length);
      finite(vector);
      if (type.element() == VectorElement.INT8) {
        for (float component : vector) {
          if (component != Math.rint(component) || Math.abs(component) > 127) {
            throw invalid(
                Reason.OUT_OF_RANGE,
                "has component " + component + ", not a whole number from -127 to 127");
          }
        }
      }
      if (type.element() == VectorElement.FLOAT16) {
        halves(vector);
      }
      if (isCosine() && isZero(vector)) {
        throw invalid(Reason.ZERO_VECTOR, "is all zeros, which has no direction under cosine");
      }
    }

    private void halves(float[] vector) {
      for (float component : vector) {
        if (Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(component)))) {
          throw invalid(
              Reason.OUT_OF_RANGE,
              "has component " + component + ", beyond half precision (65504)");
        }
      }
    }

    private boolean isCosine() {
      for (IndexSpec index : schema.indexes()) {
        if (index instanceof IndexSpec.Hnsw hnsw
            && hnsw.column().equals(column.name())
            && hnsw.metric() == DistanceMetric.COSINE) {
          return true;
        }
      }
      return false;
    }

    private static boolean isZero(float[] vector) {
      for (float component : vector) {
        if (component != 0) {
          return false;
        }
      }
      return true;
    }

    private void sparse(ColumnType.SparseVector type, SparseVectorValue vector) {
      int size = vector.size();
      if (size > 0 && vector.indices()[size - 1] >= type.dimension()) {
        throw invalid(
            Reason.OUT_OF_RANGE,
            "has index "
                + vector.indices()[size - 1]
                + ", the column ends before "
                + type.dimension());
      }
    }

    private void multi(ColumnType.MultiVector type, float[][] rows) {
      for (float[] vector : rows) {
        dimension(type.dimension(), vector.length);
        finite(vector);
        halves(vector);
      }
    }

    private void dimension(int expected, int given) {
      if (expected != given) {
        throw invalid(
            Reason.WRONG_DIMENSION, "has " + given + " dimensions, the column holds " + expected);
      }
    }

    private void finite(float[] vector) {
      for (int i = 0; i < vector.length; i++) {
        if (!Float.isFinite(vector[i])) {
          throw invalid(Reason.NOT_FINITE, "has " + vector[i] + " at position " + (i + 1));
        }
      }
    }

    private InvalidRowException invalid(Reason reason, String what) {
      return new InvalidRowException(reason, row, column.name(), what);
    }
  }
}

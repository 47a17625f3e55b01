package io.quiver.planner.expression;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.VectorValues;
import org.apache.calcite.sql.SqlKind;

/** Sums, differences and products of vectors; null where an operand is. */
final class VectorSums {
  private VectorSums() {}

  static Evaluator compile(SqlKind operation, Evaluator[] operands) {
    return (row, bindings) -> {
      Object one = operands[0].evaluate(row, bindings);
      Object other = operands[1].evaluate(row, bindings);
      if (one == null || other == null) {
        return null;
      }
      if (one instanceof Number factor) {
        return scaled(VectorValues.dense(other, 0), factor.floatValue());
      }
      if (other instanceof Number factor) {
        return scaled(VectorValues.dense(one, 0), factor.floatValue());
      }
      return combined(operation, VectorValues.dense(one, 0), VectorValues.dense(other, 0));
    };
  }

  private static float[] scaled(float[] vector, float factor) {
    float[] result = new float[vector.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = vector[i] * factor;
    }
    return result;
  }

  private static float[] combined(SqlKind operation, float[] a, float[] b) {
    if (a.length != b.length) {
      throw SqlProblem.of(
              ErrorCode.VECTOR_DIMENSIONS_DIFFER,
              "the vectors have " + a.length + " and " + b.length + " dimensions",
              "combine vectors of the same model.")
          .asException();
    }
    float[] result = new float[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (operation) {
            case PLUS -> a[i] + b[i];
            case MINUS -> a[i] - b[i];
            default -> a[i] * b[i];
          };
    }
    return result;
  }
}

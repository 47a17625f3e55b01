package io.quiver.planner.expression;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.sql.function.VectorOperation;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.VectorValues;
import org.jspecify.annotations.Nullable;

/**
 * Distances and other functions of vectors, for single rows.
 *
 * <p>Sums are of doubles, so a distance computed here may differ from a search's in the last digits
 * of single precision. Searches use the engine's kernels, not these.
 */
final class VectorFunctions {
  private VectorFunctions() {}

  static Evaluator compile(VectorOperation operation, Evaluator[] operands) {
    return (row, bindings) -> {
      Object one = operands[0].evaluate(row, bindings);
      if (one == null) {
        return null;
      }
      if (operation.operands() == 1) {
        return single(operation, one);
      }
      Object other = operands[1].evaluate(row, bindings);
      return other == null ? null : pair(operation, one, other);
    };
  }

  private static Object single(VectorOperation operation, Object operand) {
    if (operand instanceof SparseVectorValue sparse) {
      return Math.sqrt(dot(sparse, sparse));
    }
    float[] vector = VectorValues.dense(operand, 0);
    return switch (operation) {
      case VECTOR_DIMS -> vector.length;
      case VECTOR_NORM -> Math.sqrt(dot(vector, vector));
      case L2_NORMALIZE -> normalised(vector);
      default -> throw new UnsupportedExpressionException(operation.canonicalName());
    };
  }

  private static @Nullable Object pair(VectorOperation operation, Object one, Object other) {
    if (operation == VectorOperation.MAX_SIM) {
      return maxSim(VectorValues.multi(one, 0), VectorValues.multi(other, 0));
    }
    if (one instanceof SparseVectorValue || other instanceof SparseVectorValue) {
      double product = dot(VectorValues.sparse(one, 0), VectorValues.sparse(other, 0));
      return operation == VectorOperation.NEGATIVE_INNER_PRODUCT ? -product : product;
    }
    float[] a = VectorValues.dense(one, 0);
    float[] b = VectorValues.dense(other, 0);
    checkDimensions(a, b);
    return switch (operation) {
      case COSINE_DISTANCE -> cosineDistance(a, b);
      case L2_DISTANCE -> Math.sqrt(squaredDistance(a, b));
      case L2_SQUARED_DISTANCE -> squaredDistance(a, b);
      case L1_DISTANCE -> l1Distance(a, b);
      case INNER_PRODUCT -> dot(a, b);
      case NEGATIVE_INNER_PRODUCT -> -dot(a, b);
      default -> throw new UnsupportedExpressionException(operation.canonicalName());
    };
  }

  /** Null where a vector has no direction. */
  private static @Nullable Double cosineDistance(float[] a, float[] b) {
    double norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
    return norms == 0 ? null : (Double) (1 - Math.clamp(dot(a, b) / norms, -1.0, 1.0));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  private static double l1Distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum;
  }

  private static double dot(SparseVectorValue a, SparseVectorValue b) {
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int compared = Integer.compare(a.indices()[i], b.indices()[j]);
      if (compared == 0) {
        sum += (double) a.weights()[i++] * b.weights()[j++];
      } else if (compared < 0) {
        i++;
      } else {
        j++;
      }
    }
    return sum;
  }

  private static float[] normalised(float[] vector) {
    double norm = Math.sqrt(dot(vector, vector));
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = norm == 0 ? 0 : (float) (vector[i] / norm);
    }
    return unit;
  }

  private static void checkDimensions(float[] a, float[] b) {
    if (a.length != b.length) {
      throw SqlProblem.of(
              ErrorCode.VECTOR_DIMENSIONS_DIFFER,
              "The vectors have " + a.length + " and " + b.length + " dimensions",
              "Compare vectors of the same model.")
          .asException();
    }
  }

  /** For each query row the largest cosine with a row of the document, summed. */
  private static @Nullable Double maxSim(float[][] document, float[][] query) {
    if (document.length == 0) {
      return null;
    }
    double sum = 0;
    for (float[] asked : query) {
      checkDimensions(document[0], asked);
      double best = Double.NEGATIVE_INFINITY;
      double askedNorm = Math.sqrt(dot(asked, asked));
      for (float[] token : document) {
        double norms = askedNorm * Math.sqrt(dot(token, token));
        best = Math.max(best, norms == 0 ? 0 : dot(asked, token) / norms);
      }
      sum += best;
    }
    return sum;
  }

  /** Whether two vectors, in whatever form, are the same. */
  static Evaluator same(Evaluator[] operands) {
    return (row, bindings) -> {
      Object one = operands[0].evaluate(row, bindings);
      Object other = operands[1].evaluate(row, bindings);
      return one != null
          && other != null
          && java.util.Arrays.equals(
              io.quiver.sql.type.VectorValues.dense(one, 0),
              io.quiver.sql.type.VectorValues.dense(other, 0));
    };
  }
}

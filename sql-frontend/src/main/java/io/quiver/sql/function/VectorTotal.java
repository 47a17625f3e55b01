package io.quiver.sql.function;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.VectorValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The running sum of vectors, in doubles; called by Calcite's generated code. */
public final class VectorTotal {
  private double @Nullable [] sums;
  private long count;

  /** A vector as generated code is handed it. */
  public interface Held {
    Object value();
  }

  void addVector(Object value) {
    float[] vector = VectorValues.dense(value instanceof Held held ? held.value() : value, 0);
    double[] totals = sums;
    if (totals == null) {
      totals = new double[vector.length];
      sums = totals;
    }
    if (totals.length != vector.length) {
      throw SqlProblem.of(
              ErrorCode.VECTOR_DIMENSIONS_DIFFER,
              "the vectors have " + totals.length + " and " + vector.length + " dimensions",
              "combine vectors of the same model.")
          .asException();
    }
    for (int i = 0; i < vector.length; i++) {
      totals[i] += vector[i];
    }
    count++;
  }

  /** A result as generated code takes it, which wants everything comparable. */
  private record Result(float[] value) implements Held, Comparable<Result> {
    @Override
    public int compareTo(Result other) {
      return Arrays.compare(value, other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Result that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  @Nullable Comparable<?> divided(boolean byCount) {
    double[] totals = sums;
    if (totals == null) {
      return null;
    }
    float[] result = new float[totals.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (byCount ? totals[i] / count : totals[i]);
    }
    return new Result(result);
  }

  /** {@code SUM(vector)}. */
  public static final class Sum {
    private Sum() {}

    public static VectorTotal init() {
      return new VectorTotal();
    }

    public static VectorTotal add(VectorTotal total, Object value) {
      total.addVector(value);
      return total;
    }

    public static @Nullable Comparable<?> result(VectorTotal total) {
      return total.divided(false);
    }
  }

  /** {@code AVG(vector)}. */
  public static final class Average {
    private Average() {}

    public static VectorTotal init() {
      return new VectorTotal();
    }

    public static VectorTotal add(VectorTotal total, Object value) {
      total.addVector(value);
      return total;
    }

    public static @Nullable Comparable<?> result(VectorTotal total) {
      return total.divided(true);
    }
  }
}

package io.quiver.planner.physical;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.VectorValues;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request of a search from the values of a run.
 *
 * @param target what is searched, by what
 * @param ordinal the engine's ordinal of the searched column
 * @param column its name, for messages
 * @param dimension of the column; 0 for any
 * @param query the vector, in any form
 * @param topK how many rows; empty where only a bound limits them
 * @param limited whether topK is that of a LIMIT
 */
record SearchRequestSource(
    Target target,
    int ordinal,
    String column,
    int dimension,
    Evaluator query,
    Optional<Evaluator> topK,
    boolean limited,
    EffortSource effort,
    FilterSource filter,
    List<Evaluator> maxDistances,
    List<Evaluator> minScores,
    List<String> notes,
    String label) {
  private static final @Nullable Object[] NO_ROW = new Object[0];

  /** What kind of column is searched. */
  sealed interface Target {
    record Dense(DistanceMetric metric) implements Target {}

    record Sparse() implements Target {}

    /** Terms of a text; the function reads them out of it. */
    record Text(TermReader terms) implements Target {}

    record MaxSim() implements Target {}
  }

  /** Makes the terms of a query of its text, as the index makes those of a row. */
  @FunctionalInterface
  interface TermReader {
    SparseVectorValue terms(String text);
  }

  /** How many rows this run wants; 0 only of a LIMIT. */
  long rows(Execution execution, long tableRows) {
    long most = Math.max(1, tableRows);
    if (topK.isEmpty()) {
      return most;
    }
    Object value = topK.get().evaluate(NO_ROW, execution.bindings());
    if (value == null) {
      return limited ? most : 0;
    }
    long rows = RowCount.number(value, limited ? "LIMIT" : "top_k");
    if (rows < (limited ? 0 : 1)) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              (limited ? "LIMIT" : "top_k") + " is " + rows + (limited ? "" : ", less than 1"),
              "ask for at least one row.")
          .asException();
    }
    return Math.min(rows, most);
  }

  boolean hasQuery(Execution execution) {
    return query.evaluate(NO_ROW, execution.bindings()) != null;
  }

  /** The request; empty where the query or a bound is null, so that nothing can be found. */
  Optional<SearchRequest> request(Execution execution, int rows, Optional<List<Long>> among) {
    Object given = query.evaluate(NO_ROW, execution.bindings());
    double maxDistance = maxDistance(execution);
    if (given == null || Double.isNaN(maxDistance)) {
      return Optional.empty();
    }
    var conditions = filter.filter(execution);
    return Optional.of(
        switch (target) {
          case Target.Dense(DistanceMetric metric) ->
              new SearchRequest.Dense(
                  ordinal,
                  dense(given, metric),
                  metric,
                  rows,
                  effort.efSearch(execution),
                  effort.isExact(execution),
                  conditions,
                  maxDistance);
          case Target.Sparse sparse ->
              new SearchRequest.Sparse(
                  ordinal, VectorValues.sparse(given, dimension), rows, conditions, maxDistance);
          case Target.Text(TermReader terms) ->
              new SearchRequest.Text(
                  ordinal, terms.terms(given.toString()), rows, conditions, maxDistance);
          case Target.MaxSim maxSim ->
              new SearchRequest.MaxSim(
                  ordinal,
                  VectorValues.multi(given, dimension),
                  rows,
                  effort.efSearch(execution),
                  effort.isExact(execution),
                  conditions,
                  among,
                  maxDistance);
        });
  }

  private float[] dense(Object given, DistanceMetric metric) {
    float[] vector = VectorValues.dense(given, 0);
    if (vector.length != dimension) {
      throw SqlProblem.of(
              ErrorCode.VECTOR_DIMENSIONS_DIFFER,
              "column \""
                  + column
                  + "\" holds "
                  + dimension
                  + " dimensions, the query vector has "
                  + vector.length,
              "embed the query with the model that filled the column.")
          .asException();
    }
    if (metric == DistanceMetric.COSINE && isZero(vector)) {
      throw SqlProblem.of(
              ErrorCode.ZERO_VECTOR,
              "the query vector is all zeros, which has no direction under cosine",
              "give a vector with a direction, or search by another metric.")
          .asException();
    }
    return vector;
  }

  private static boolean isZero(float[] vector) {
    for (float component : vector) {
      if (component != 0) {
        return false;
      }
    }
    return true;
  }

  /** The least of all bounds; NaN where one is null. */
  private double maxDistance(Execution execution) {
    double max = Double.POSITIVE_INFINITY;
    for (Evaluator bound : maxDistances) {
      max = Math.min(max, number(bound, execution));
    }
    for (Evaluator bound : minScores) {
      max = Math.min(max, distanceOf(number(bound, execution)));
    }
    return max;
  }

  /** The largest of the bounds of the score. */
  double minScore(Execution execution) {
    double min = Double.NEGATIVE_INFINITY;
    for (Evaluator bound : minScores) {
      min = Math.max(min, number(bound, execution));
    }
    return min;
  }

  private static double number(Evaluator bound, Execution execution) {
    Object value = bound.evaluate(NO_ROW, execution.bindings());
    return switch (value) {
      case null -> Double.NaN;
      case Number number -> number.doubleValue();
      default -> Double.parseDouble(value.toString());
    };
  }

  /** The distance at which a score is reached, a little more for rounding. */
  private double distanceOf(double score) {
    double distance =
        switch (target) {
          case Target.Dense(DistanceMetric metric) ->
              switch (metric) {
                case COSINE -> 1 - score;
                case INNER_PRODUCT -> -score;
                case L2, L1 -> score <= 0 ? Double.POSITIVE_INFINITY : 1 / score - 1;
              };
          case Target.Sparse sparse -> -score;
          case Target.Text text -> -score;
          case Target.MaxSim maxSim -> -score;
        };
    return distance + Math.abs(distance) * 1e-9 + 1e-12;
  }
}

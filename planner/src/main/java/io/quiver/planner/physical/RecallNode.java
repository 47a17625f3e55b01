package io.quiver.planner.physical;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * VECTOR_RECALL: makes queries of the table's own vectors, and compares what a search finds with
 * what is nearest. One row; none where the table has no vectors.
 *
 * @param filter the rows that whoever asks may see
 */
record RecallNode(
    TableNode table,
    int column,
    DistanceMetric metric,
    Optional<Evaluator> topK,
    Optional<Evaluator> sample,
    EffortSource effort,
    FilterSource filter)
    implements PlanNode {
  private static final int DEFAULT_K = 10;
  private static final int DEFAULT_SAMPLE = 100;
  private static final int MOST = 10_000;
  private static final @Nullable Object[] NO_ROW = new Object[0];

  @Override
  public RowSource open(Execution execution) {
    int k = number(topK, DEFAULT_K, "k", execution);
    int queries = number(sample, DEFAULT_SAMPLE, "sample", execution);
    int efSearch = Math.max(k, effort.efSearch(execution));
    CollectionView view = table.view(execution);
    StopSignal stop = execution.bindings().stop();
    SearchRequest.Dense like =
        new SearchRequest.Dense(
            table.table().ordinal(column),
            new float[0],
            metric,
            k,
            efSearch,
            false,
            filter.filter(execution),
            Double.POSITIVE_INFINITY);
    SampleQueries samples = SampleQueries.of(view, like, queries, Long.MAX_VALUE, stop);
    if (samples.size() == 0) {
      return () -> null;
    }
    SampleQueries.Outcome found = samples.run(efSearch, stop);
    Iterator<@Nullable Object[]> row =
        List.<@Nullable Object[]>of(
                new @Nullable Object[] {
                  k,
                  samples.size(),
                  efSearch,
                  found.recall(),
                  found.worst(),
                  found.microsEach(),
                  samples.exactMicrosEach()
                })
            .iterator();
    return () -> row.hasNext() ? row.next() : null;
  }

  private static int number(
      Optional<Evaluator> given, int otherwise, String name, Execution execution) {
    Object value = given.isEmpty() ? null : given.get().evaluate(NO_ROW, execution.bindings());
    if (value == null) {
      return otherwise;
    }
    long number = RowCount.number(value, name);
    if (number < 1 || number > MOST) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              name + " of VECTOR_RECALL is " + number + ", not between 1 and " + MOST,
              "give " + name + " a number such as " + otherwise + ".")
          .asException();
    }
    return (int) number;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return "VectorRecall("
        + table.describe()
        + ", column="
        + table.table().columns().get(column).name()
        + ")";
  }
}

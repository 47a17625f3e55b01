package io.quiver.planner.physical;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A search of one table, nearest first. Rows are the table's fields, distance, score, and, where
 * they are asked for, the row's name.
 *
 * @param table reads the rows found
 * @param request makes the engine's request
 * @param metric how a distance becomes a score; empty where the score is the distance's negative
 * @param candidates gives the rows to choose among, each ending with its name
 * @param named whether rows end with their name
 * @param correlated whether it reads an outer row, without which nothing can be told of it
 * @param nullsLast whether rows without a vector follow where there are too few with one, as an
 *     ORDER BY has it
 */
record SearchNode(
    TableNode table,
    SearchRequestSource request,
    Optional<DistanceMetric> metric,
    Optional<PlanNode> candidates,
    boolean named,
    boolean correlated,
    boolean nullsLast)
    implements PlanNode, Searching {

  @Override
  public RowSource open(Execution execution) {
    request.notes().forEach(execution::warn);
    CollectionView view = table.view(execution);
    long rows = request.rows(execution, view.rowCount());
    if (rows == 0) {
      return () -> null;
    }
    Optional<SearchRequest> made = request(execution, rows);
    if (made.isEmpty()) {
      return nullsLast ? unscored(execution, view, rows) : () -> null;
    }
    long start = System.nanoTime();
    SearchHits hits = view.search(made.get(), execution.bindings().stop());
    execution
        .work()
        .searched(this, request.label(), hits.size(), System.nanoTime() - start, hits.statistics());
    execution.profile().ifPresent(profile -> profile.searched(this, hits.statistics()));
    RowSource found = found(view, hits, request.minScore(execution));
    return nullsLast && hits.size() < rows
        ? new Chained(found, () -> unscored(execution, view, rows - hits.size()))
        : found;
  }

  private Optional<SearchRequest> request(Execution execution, long rows) {
    Optional<List<Long>> among = Optional.empty();
    if (candidates.isPresent()) {
      List<Long> names = new ArrayList<>();
      try (RowSource source = execution.open(candidates.get())) {
        @Nullable Object[] row = source.next();
        while (row != null) {
          if (row[row.length - 1] instanceof Long name) {
            names.add(name);
          }
          row = source.next();
        }
      }
      if (names.isEmpty()) {
        return Optional.empty();
      }
      among = Optional.of(names);
    }
    return request
        .request(execution, (int) Math.min(rows, Integer.MAX_VALUE), among)
        .map(made -> learnt(execution, made, true));
  }

  /** With as many candidates as the wanted recall takes, where one is wanted. */
  private SearchRequest learnt(Execution execution, SearchRequest made, boolean asks) {
    if (!(made instanceof SearchRequest.Dense dense) || dense.exact()) {
      return made;
    }
    Optional<Double> target = request.effort().targetRecall(execution);
    if (target.isEmpty()) {
      return made;
    }
    boolean all = target.get() >= 1;
    int efSearch =
        all
            ? dense.efSearch()
            : execution
                .effort()
                .efSearch(
                    table.view(execution),
                    table.definition().id(),
                    dense,
                    target.get(),
                    asks,
                    execution.bindings().stop());
    return new SearchRequest.Dense(
        dense.column(),
        dense.query(),
        dense.metric(),
        dense.k(),
        efSearch,
        all,
        dense.filter(),
        dense.maxDistance());
  }

  private RowSource found(CollectionView view, SearchHits hits, double minScore) {
    return new RowSource() {
      private int next;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (next < hits.size()) {
          int hit = next++;
          double distance = hits.distances()[hit];
          double score = metric.isPresent() ? metric.get().score(distance) : -distance;
          if (score >= minScore) {
            return row(view, hits.rows()[hit], distance, score);
          }
        }
        return null;
      }
    };
  }

  private @Nullable Object[] row(
      CollectionView view, long name, @Nullable Double distance, @Nullable Double score) {
    @Nullable Object[] row = table.row(view, name);
    int fields = table.table().columns().size();
    row[fields] = distance;
    row[fields + 1] = score;
    if (named) {
      row[fields + 2] = name;
    }
    return row;
  }

  /** The rows that have no vector, which no search finds. */
  private RowSource unscored(Execution execution, CollectionView view, long rows) {
    RowFilter without = new RowFilter.IsNull(request.ordinal(), false);
    RowFilter all =
        request.hasQuery(execution)
            ? new RowFilter.And(List.of(request.filter().filter(execution), without))
            : request.filter().filter(execution);
    RowScan scan = view.scan(all, execution.bindings().stop());
    long[] name = new long[1];
    return new RowSource() {
      private long left = rows;

      @Override
      public @Nullable Object @Nullable [] next() {
        if (left == 0 || scan.next(name) == 0) {
          return null;
        }
        left--;
        return row(view, name[0], null, null);
      }
    };
  }

  @Override
  public Optional<Forecast> forecast(Execution execution) {
    if (correlated) {
      return Optional.empty();
    }
    CollectionView view = table.view(execution);
    long rows = request.rows(execution, view.rowCount());
    return request
        .request(execution, Math.clamp(rows, 1, Integer.MAX_VALUE), Optional.empty())
        .map(made -> learnt(execution, made, false))
        .map(made -> new Forecast(made, view.forecast(made)));
  }

  @Override
  public List<PlanNode> inputs() {
    return candidates.map(List::of).orElse(List.of());
  }

  @Override
  public String describe() {
    return "Search(" + table.describe() + ", " + request.label() + ")";
  }
}

package io.quiver.planner.physical;

import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.ColumnScan;
import io.quiver.engine.search.RowFilter;
import io.quiver.planner.columnar.TopRows;
import io.quiver.planner.expression.Evaluator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a scan that can be among the first in an order by columns, found in the columns: only
 * of those are rows made. They come as the scan gives them, and are still to be put in order.
 *
 * @param keys what is ordered by
 */
record FirstRowsNode(
    ScanNode scan,
    List<TopRows.Key> keys,
    Optional<Evaluator> offset,
    Optional<Evaluator> fetch,
    String label)
    implements PlanNode {
  /** More rows than this are ordered as rows. */
  private static final long MOST = 10_000;

  @Override
  public RowSource open(Execution execution) {
    long skip = RowCount.of(offset, 0, "OFFSET", execution);
    long most = RowCount.of(fetch, Long.MAX_VALUE, "LIMIT", execution);
    CollectionView view = scan.table().view(execution);
    RowFilter admitted = scan.filter().filter(execution);
    if (most > MOST || skip > MOST || FixedKeys.of(admitted, view.schema()).isPresent()) {
      return execution.open(scan);
    }
    long start = execution.profile().isPresent() ? System.nanoTime() : 0;
    TopRows first = new TopRows(keys, (int) (skip + most));
    ColumnScan columns = view.columns(admitted, execution.bindings().stop());
    long rows = 0;
    while (columns.next()) {
      first.add(columns);
      rows += columns.count();
    }
    if (execution.profile().isPresent()) {
      execution.profile().get().scanned(scan, rows, System.nanoTime() - start);
    }
    long[] names = first.names();
    return new RowSource() {
      private int next;

      @Override
      public @Nullable Object @Nullable [] next() {
        return next < names.length ? scan.table().row(view, names[next++]) : null;
      }
    };
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(scan);
  }

  @Override
  public String describe() {
    return "FirstRows(order=" + label + ")";
  }
}

package io.quiver.planner.physical;

import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.planner.expression.Evaluator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table that a filter admits. Where the filter fixes the key, rows are looked up by
 * it.
 *
 * @param table reads the fields wanted
 * @param checked reads also what the condition reads
 * @param condition the filter as an expression
 * @param label how EXPLAIN writes the filter; empty for none
 */
record ScanNode(
    TableNode table,
    TableNode checked,
    FilterSource filter,
    Optional<Evaluator> condition,
    String label)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    CollectionView view = table.view(execution);
    RowFilter admitted = filter.filter(execution);
    Optional<List<Object[]>> keys = FixedKeys.of(admitted, view.schema());
    if (keys.isPresent()) {
      return lookup(execution, view, keys.get());
    }
    return new ScannedRows(table, view.columns(admitted, execution.bindings().stop()));
  }

  /** The rows with these keys, where they meet the whole condition. */
  private RowSource lookup(Execution execution, CollectionView view, List<Object[]> keys) {
    Iterator<Object[]> iterator = keys.iterator();
    return () -> {
      while (iterator.hasNext()) {
        long name = view.find(iterator.next());
        if (name >= 0) {
          @Nullable Object[] row = checked.row(view, name);
          if (condition.isEmpty() || condition.get().isTrue(row, execution.bindings())) {
            return row;
          }
        }
      }
      return null;
    };
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return "Scan(" + table.describe() + (label.isEmpty() ? "" : ", filter=" + label) + ")";
  }
}

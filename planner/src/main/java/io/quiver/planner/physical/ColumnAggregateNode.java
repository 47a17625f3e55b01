package io.quiver.planner.physical;

import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.ColumnScan;
import io.quiver.engine.search.RowFilter;
import io.quiver.planner.columnar.GroupIds;
import io.quiver.planner.columnar.GroupedFunction;
import io.quiver.planner.columnar.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of a stored table's rows and what is computed of each, column by column: no rows are made
 * of what is read. Groups come in the order of their first rows.
 *
 * @param scan the rows
 * @param plan what is grouped by and computed
 * @param byRow the same made of rows, for those that are looked up by their keys
 */
record ColumnAggregateNode(ScanNode scan, ColumnAggregation plan, AggregateNode byRow)
    implements PlanNode {

  @Override
  public RowSource open(Execution execution) {
    CollectionView view = scan.table().view(execution);
    RowFilter admitted = scan.filter().filter(execution);
    if (FixedKeys.of(admitted, view.schema()).isPresent()) {
      return byRow.open(execution);
    }
    long start = execution.profile().isPresent() ? System.nanoTime() : 0;
    GroupIds groups = plan.newGroups();
    List<GroupedFunction> functions = plan.newFunctions();
    ColumnScan columns = view.columns(admitted, execution.bindings().stop());
    int[] group = new int[0];
    int counted = 0;
    long rows = 0;
    while (columns.next()) {
      group = Room.ints(group, columns.count());
      groups.read(columns, group);
      int size = groups.size();
      for (GroupedFunction function : functions) {
        function.add(columns, group, size);
      }
      rows += columns.count();
      for (; execution.memory().isLimited() && counted < size; counted++) {
        execution.memory().keep(row(groups, counted, functions, false));
      }
    }
    if (execution.profile().isPresent()) {
      execution.profile().get().scanned(scan, rows, System.nanoTime() - start);
    }
    int size = groups.size();
    return new RowSource() {
      private int next;

      @Override
      public @Nullable Object @Nullable [] next() {
        return next < size ? row(groups, next++, functions, true) : null;
      }
    };
  }

  private @Nullable Object[] row(
      GroupIds groups, int group, List<GroupedFunction> functions, boolean whole) {
    int keys = plan.keys();
    @Nullable Object[] row = new Object[keys + functions.size()];
    groups.values(group, row);
    for (int i = 0; whole && i < functions.size(); i++) {
      row[keys + i] = functions.get(i).value(group);
    }
    return row;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(scan);
  }

  @Override
  public String describe() {
    return byRow.label();
  }
}

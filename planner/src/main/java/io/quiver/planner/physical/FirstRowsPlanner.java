package io.quiver.planner.physical;

import io.quiver.engine.schema.ColumnType;
import io.quiver.planner.columnar.TopRows;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.util.ImmutableBitSet;

/** Has the first rows of an order by columns of a stored table found in the columns. */
final class FirstRowsPlanner {
  private FirstRowsPlanner() {}

  /** The sort's input, of no more rows than needed where that can be. */
  static PlanNode input(
      Sort sort, PlanNode input, Optional<Evaluator> offset, Optional<Evaluator> fetch) {
    if (fetch.isEmpty()) {
      return input;
    }
    ImmutableBitSet.Builder read = ImmutableBitSet.builder();
    List<RelFieldCollation> order = sort.getCollation().getFieldCollations();
    order.forEach(key -> read.set(key.getFieldIndex()));
    Optional<StoredFields> stored = StoredFields.of(sort.getInput(), input, read.build());
    if (stored.isEmpty()) {
      return input;
    }
    CatalogTable table = stored.get().scan().table().table();
    List<TopRows.Key> keys = new ArrayList<>();
    for (RelFieldCollation key : order) {
      int field = stored.get().fields()[key.getFieldIndex()];
      if (!(table.columns().get(field).type().engineType() instanceof ColumnType.Scalar scalar)
          || !TopRows.isOrdered(scalar.kind())) {
        return input;
      }
      keys.add(
          new TopRows.Key(
              table.ordinal(field),
              scalar.kind(),
              key.getDirection().isDescending(),
              key.nullDirection == RelFieldCollation.NullDirection.FIRST));
    }
    return over(
        input, new FirstRowsNode(stored.get().scan(), keys, offset, fetch, PlanText.order(sort)));
  }

  /** The same projections over it. */
  private static PlanNode over(PlanNode plan, FirstRowsNode rows) {
    return plan instanceof ProjectNode project
        ? new ProjectNode(over(project.input(), rows), project.columns(), project.label())
        : rows;
  }
}

package io.quiver.planner.physical;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Makes the running form of an aggregate: a count the engine knows, by columns, by rows, or
 * Calcite's.
 */
final class AggregatePlanner {
  private final PhysicalPlanner planner;

  AggregatePlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PlanNode plan(Aggregate aggregate) {
    List<ImmutableBitSet> read = aggregateFields(aggregate);
    if (!Accumulator.knowsAll(aggregate)) {
      return planner.generated().plan(aggregate, read);
    }
    PlanNode input = planner.plan(aggregate.getInput(), read.getFirst());
    boolean counts =
        aggregate.getGroupSets().size() == 1
            && aggregate.getGroupSet().isEmpty()
            && aggregate.getAggCallList().stream()
                .allMatch(
                    call ->
                        call.getAggregation().getKind() == SqlKind.COUNT
                            && call.getArgList().isEmpty()
                            && call.filterArg < 0);
    if (counts && counted(input) instanceof ScanNode scan) {
      return new CountNode(
          scan.table(), scan.filter(), aggregate.getAggCallList().size(), scan.label());
    }
    AggregateNode byRow =
        new AggregateNode(
            input,
            aggregate.getGroupSet().toArray(),
            aggregate.getGroupSets(),
            aggregate.getAggCallList(),
            planner.text().label(aggregate));
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
            && aggregate.getAggCallList().stream().allMatch(AggregatePlanner::isByColumn)
        ? byColumn(aggregate, read.getFirst(), byRow).orElse(byRow)
        : byRow;
  }

  /** Not what keeps rows, which by column would be made for it alone. */
  private static boolean isByColumn(AggregateCall call) {
    return switch (call.getAggregation().getKind()) {
      case LISTAGG, ARRAY_AGG, GROUPING, GROUPING_ID -> false;
      default -> true;
    };
  }

  /** The same column by column, where all it reads are columns of a stored table. */
  private Optional<PlanNode> byColumn(
      Aggregate aggregate, ImmutableBitSet read, AggregateNode byRow) {
    return StoredFields.of(aggregate.getInput(), byRow.input(), read)
        .map(
            stored ->
                new ColumnAggregateNode(
                    stored.scan(),
                    new ColumnAggregation(
                        stored.scan().table().table(),
                        stored.fields(),
                        aggregate.getGroupSet().toArray(),
                        aggregate.getAggCallList()),
                    byRow));
  }

  /** What has as many rows: under projections, if they are of nothing that fails. */
  private static PlanNode counted(PlanNode input) {
    PlanNode node = input;
    while (node instanceof ProjectNode project && project.label().isEmpty()) {
      node = project.input();
    }
    return node;
  }

  private static List<ImmutableBitSet> aggregateFields(Aggregate aggregate) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
    aggregate
        .getAggCallList()
        .forEach(
            call -> {
              call.getArgList().forEach(read::set);
              if (call.filterArg >= 0) {
                read.set(call.filterArg);
              }
              call.collation.getFieldCollations().forEach(key -> read.set(key.getFieldIndex()));
            });
    return List.of(read.build());
  }
}

package io.quiver.planner.physical;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
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
        aggregate.getGroupSet().isEmpty()
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
            aggregate.getAggCallList(),
            planner.text().label(aggregate));
    return byColumn(aggregate, read.getFirst(), byRow).orElse(byRow);
  }

  /** The same column by column, where all it reads are columns of a stored table. */
  private Optional<PlanNode> byColumn(
      Aggregate aggregate, ImmutableBitSet read, AggregateNode byRow) {
    int[] fields = new int[aggregate.getInput().getRowType().getFieldCount()];
    Arrays.setAll(fields, field -> read.get(field) ? field : -1);
    RelNode input = aggregate.getInput();
    PlanNode planned = byRow.input();
    while (input instanceof Project project && planned instanceof ProjectNode projected) {
      for (int i = 0; i < fields.length; i++) {
        if (fields[i] >= 0) {
          if (!(project.getProjects().get(fields[i]) instanceof RexInputRef ref)) {
            return Optional.empty();
          }
          fields[i] = ref.getIndex();
        }
      }
      input = project.getInput();
      planned = projected.input();
    }
    return planned instanceof ScanNode scan
        ? Optional.of(
            new ColumnAggregateNode(
                scan,
                new ColumnAggregation(
                    scan.table().table(),
                    fields,
                    aggregate.getGroupSet().toArray(),
                    aggregate.getAggCallList()),
                byRow))
        : Optional.empty();
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

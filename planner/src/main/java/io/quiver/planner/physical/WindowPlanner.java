package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes the running form of windows: ours, or Calcite's where a function is not known here. */
final class WindowPlanner {
  private final PhysicalPlanner planner;

  WindowPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PlanNode plan(Window window) {
    int width = window.getInput().getRowType().getFieldCount();
    List<RelDataType> types = new ArrayList<>();
    for (RelDataTypeField field : window.getInput().getRowType().getFieldList()) {
      types.add(field.getType());
    }
    for (RexLiteral constant : window.constants) {
      types.add(constant.getType());
    }
    List<WindowNode.Window> windows = new ArrayList<>();
    for (Window.Group group : window.groups) {
      List<WindowFunction> functions = new ArrayList<>();
      for (AggregateCall call : group.getAggregateCalls(window)) {
        if (!WindowFunction.knows(call, types)) {
          return planner.generated().plan(window, List.of());
        }
        functions.add(WindowFunction.of(call));
      }
      windows.add(
          new WindowNode.Window(
              group.keys.toArray(),
              new RowOrder(group.orderKeys.getFieldCollations()),
              frame(group, types),
              functions));
    }
    return new WindowNode(
        planner.plan(window.getInput(), ImmutableBitSet.range(width)),
        width,
        planner.expressions().compileAll(window.constants),
        windows,
        planner.text().label(window));
  }

  private WindowFrame frame(Window.Group group, List<RelDataType> types) {
    List<RelFieldCollation> order = group.orderKeys.getFieldCollations();
    RexNode offset = group.lowerBound.getOffset();
    if (offset == null) {
      offset = group.upperBound.getOffset();
    }
    Optional<WindowFrame.Key> key =
        group.isRows || offset == null || order.size() != 1
            ? Optional.empty()
            : Optional.of(
                new WindowFrame.Key(
                    order.getFirst(),
                    types.get(order.getFirst().getFieldIndex()),
                    offset instanceof RexInputRef ref
                        ? types.get(ref.getIndex())
                        : offset.getType()));
    return new WindowFrame(
        group.isRows, bound(group.lowerBound), bound(group.upperBound), group.exclude, key);
  }

  private WindowFrame.Bound bound(RexWindowBound bound) {
    Optional<Evaluator> offset =
        Optional.ofNullable(bound.getOffset()).map(planner.expressions()::compile);
    return new WindowFrame.Bound(bound, offset);
  }
}

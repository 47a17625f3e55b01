package io.quiver.planner.physical;

import io.quiver.planner.filter.ConditionText;
import io.quiver.planner.rule.LogicalFuse;
import io.quiver.sql.function.FuseColumns;
import io.quiver.sql.function.FusionMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes the running form of a fusion, asking its legs for no more than is read. */
record FusePlanner(PhysicalPlanner planner) {
  PlanNode plan(LogicalFuse fuse, ImmutableBitSet wanted) {
    FuseColumns columns = fuse.columns();
    List<PlanNode> legs = new ArrayList<>();
    for (int leg = 0; leg < fuse.getInputs().size(); leg++) {
      int[] places = columns.places(leg);
      ImmutableBitSet.Builder read = ImmutableBitSet.builder();
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= 0 && (i < columns.ids() || wanted.get(i))) {
          read.set(places[i]);
        }
      }
      if (columns.scorePlace(leg) >= 0) {
        read.set(columns.scorePlace(leg));
      }
      legs.add(planner.plan(fuse.getInput(leg), read.build()));
    }
    return new FuseNode(
        legs,
        columns,
        fuse.spec(),
        fuse.spec().topK().map(planner.expressions()::compile),
        fuse.spec().rankConstant().map(planner.expressions()::compile),
        fuse.spec().weights().map(planner.expressions()::compile),
        label(fuse));
  }

  private String label(LogicalFuse fuse) {
    LogicalFuse.Spec spec = fuse.spec();
    FuseColumns columns = fuse.columns();
    StringBuilder label = new StringBuilder("algo=").append(spec.method().word());
    if (spec.method() == FusionMethod.RRF) {
      label.append(", k=").append(spec.rankConstant().map(this::text).orElse("60"));
    }
    spec.weights().ifPresent(weights -> label.append(", weights=").append(text(weights)));
    label.append(", id=").append(columns.names().subList(0, columns.ids()));
    Optional<String> rows = spec.topK().map(this::text);
    rows.ifPresent(most -> label.append(", top_k=").append(most));
    return label.append(", legs=").append(fuse.getInputs().size()).toString();
  }

  private String text(RexNode node) {
    return new ConditionText(field -> "$" + field, planner.builder()).of(node);
  }
}

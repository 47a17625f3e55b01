package io.quiver.planner.rule;

import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Puts an expression in the place of each field. */
final class FieldSubstitution extends RexShuttle {
  private final List<RexNode> fields;

  FieldSubstitution(List<RexNode> fields) {
    this.fields = fields;
  }

  @Override
  public RexNode visitInputRef(RexInputRef field) {
    return fields.get(field.getIndex());
  }
}

package io.quiver.planner.rule;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * A conjunct that bounds a field by something that reads no input.
 *
 * <p>The conjunct itself is still applied to the result: the bound only lets the search stop early,
 * so a strict comparison may be told as one that is not.
 *
 * @param limit the bound
 */
record DistanceBound(RexNode limit) {
  /** An upper bound of the field: {@code distance <= x}, {@code x > distance}. */
  static Optional<DistanceBound> of(RexNode conjunct, int field) {
    return find(conjunct, field, SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL);
  }

  /** A lower bound of the field: {@code score >= x}. */
  static Optional<DistanceBound> ofScore(RexNode conjunct, int field) {
    return find(conjunct, field, SqlKind.GREATER_THAN, SqlKind.GREATER_THAN_OR_EQUAL);
  }

  private static Optional<DistanceBound> find(
      RexNode conjunct, int field, SqlKind strict, SqlKind orEqual) {
    if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
      return Optional.empty();
    }
    List<RexNode> operands = call.getOperands();
    SqlKind kind = call.getKind();
    if (kind == strict || kind == orEqual) {
      return bound(operands.get(0), operands.get(1), field);
    }
    if (kind == strict.reverse() || kind == orEqual.reverse()) {
      return bound(operands.get(1), operands.get(0), field);
    }
    return Optional.empty();
  }

  private static Optional<DistanceBound> bound(RexNode bounded, RexNode limit, int field) {
    boolean isField = bounded instanceof RexInputRef ref && ref.getIndex() == field;
    boolean isFixed =
        RelOptUtil.InputFinder.bits(limit).isEmpty()
            && RexUtil.isDeterministic(limit)
            && RexUtil.SubQueryFinder.find(limit) == null;
    return isField && isFixed ? Optional.of(new DistanceBound(limit)) : Optional.empty();
  }
}

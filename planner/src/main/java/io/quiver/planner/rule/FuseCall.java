package io.quiver.planner.rule;

import io.quiver.sql.function.FuseArgument;
import io.quiver.sql.function.FuseColumns;
import io.quiver.sql.function.FusionMethod;
import io.quiver.sql.validate.SearchOrigin;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** One call of FUSE, as Calcite converted it. */
final class FuseCall {
  private final TableFunctionScan scan;
  private final List<RexNode> operands;

  FuseCall(TableFunctionScan scan) {
    this.scan = scan;
    this.operands = ((RexCall) scan.getCall()).getOperands();
  }

  RelNode bind() {
    FuseColumns columns =
        FuseColumns.of(
            scan.getInputs().stream().map(RelNode::getRowType).toList(), text(FuseArgument.ID_COL));
    LogicalFuse.Spec spec =
        new LogicalFuse.Spec(
            text(FuseArgument.ALGO).flatMap(FusionMethod::of).orElse(FusionMethod.RRF),
            given(FuseArgument.TOP_K),
            given(FuseArgument.RANK_CONSTANT),
            given(FuseArgument.WEIGHTS),
            SearchOrigin.decode(
                    text(FuseArgument.ORIGIN)
                        .orElseThrow(() -> new IllegalStateException("No origin in " + scan)))
                .position());
    return new LogicalFuse(
        scan.getCluster(), scan.getCluster().traitSet(), scan.getInputs(), columns, spec);
  }

  private Optional<RexNode> given(FuseArgument argument) {
    RexNode operand = operands.get(argument.position());
    return RexLiteral.isNullLiteral(RexUtil.removeCast(operand))
        ? Optional.empty()
        : Optional.of(operand);
  }

  private Optional<String> text(FuseArgument argument) {
    return RexUtil.removeCast(operands.get(argument.position())) instanceof RexLiteral literal
            && !literal.isNull()
        ? Optional.ofNullable(literal.getValueAs(String.class))
        : Optional.empty();
  }
}

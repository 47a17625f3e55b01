package io.quiver.planner.rule;

import io.quiver.sql.function.RecallArgument;
import io.quiver.sql.function.RecallFunction;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.CatalogTable;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** One call of VECTOR_RECALL, as Calcite converted it. */
record RecallCall(TableFunctionScan scan) {
  RelNode bind() {
    RelOptTable table =
        TableShape.of(scan.getInput(0))
            .filter(shape -> shape.base() instanceof TableScan && shape.conditions().isEmpty())
            .map(shape -> shape.base().getTable())
            .filter(
                each -> {
                  CatalogTable found = each.unwrap(CatalogTable.class);
                  return found != null && found.stored().isPresent();
                })
            .orElseThrow(
                () ->
                    SqlProblem.of(
                            ErrorCode.NOT_SUPPORTED,
                            "VECTOR_RECALL measures tables that hold vectors, and no views",
                            "name the table itself.")
                        .asException());
    int column =
        RecallFunction.column(table.getRowType(), name())
            .orElseThrow(() -> new IllegalStateException("No column in " + scan))
            .getIndex();
    return new LogicalRecall(
        scan.getCluster(),
        scan.getCluster().traitSet(),
        table,
        new LogicalRecall.Spec(
            column,
            given(RecallArgument.K),
            given(RecallArgument.SAMPLE),
            given(RecallArgument.EF_SEARCH)));
  }

  private RexNode operand(RecallArgument argument) {
    List<RexNode> operands = ((RexCall) scan.getCall()).getOperands();
    // The converter leaves out the table, which is an input of the scan.
    return operands.get(argument.position() - 1);
  }

  private Optional<RexNode> given(RecallArgument argument) {
    RexNode operand = operand(argument);
    return RexLiteral.isNullLiteral(RexUtil.removeCast(operand))
        ? Optional.empty()
        : Optional.of(operand);
  }

  private Optional<String> name() {
    return RexUtil.removeCast(operand(RecallArgument.COLUMN)) instanceof RexLiteral literal
            && !literal.isNull()
        ? Optional.ofNullable(literal.getValueAs(String.class))
        : Optional.empty();
  }
}

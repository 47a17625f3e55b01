package io.quiver.planner.filter;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;

/** An expression as people read it: with names for columns and {@code ?1} for parameters. */
public final class ConditionText {
  private final IntFunction<String> names;
  private final RexBuilder rexBuilder;

  /**
   * @param names of the input's fields
   */
  public ConditionText(IntFunction<String> names, RexBuilder rexBuilder) {
    this.names = names;
    this.rexBuilder = rexBuilder;
  }

  /** The expression's text. */
  public String of(RexNode expression) {
    return switch (expression) {
      case RexInputRef input -> names.apply(input.getIndex());
      case RexDynamicParam parameter -> "?" + (parameter.getIndex() + 1);
      case RexLiteral literal -> literal(literal);
      case RexFieldAccess access when access.getReferenceExpr() instanceof RexCorrelVariable ->
          "outer." + access.getField().getName();
      case RexCall call when call.getKind() == SqlKind.SEARCH ->
          of(RexUtil.expandSearch(rexBuilder, null, call));
      case RexSubQuery subQuery -> subQuery(subQuery);
      case RexCall call -> call(call);
      default -> expression.toString();
    };
  }

  /** Its kind, and not its plan, which is a tree of its own. */
  private String subQuery(RexSubQuery subQuery) {
    List<RexNode> operands = subQuery.getOperands();
    return switch (subQuery.getKind()) {
      case IN ->
          operands.size() == 1
              ? inner(operands.getFirst()) + " IN (sub-query)"
              : operands.stream().map(this::of).collect(Collectors.joining(", ", "(", ")"))
                  + " IN (sub-query)";
      case EXISTS -> "EXISTS (sub-query)";
      case SCALAR_QUERY -> "(sub-query)";
      default -> subQuery.getKind().lowerName + " (sub-query)";
    };
  }

  private static String literal(RexLiteral literal) {
    if (literal.isNull()) {
      return "NULL";
    }
    return switch (literal.getType().getSqlTypeName()) {
      case CHAR, VARCHAR -> "'" + shortened(String.valueOf(literal.getValueAs(String.class))) + "'";
      case SYMBOL -> String.valueOf(literal.getValue());
      default -> {
        String text = literal.toString();
        int type = text.indexOf(':');
        yield literal.getType().getSqlTypeName() == SqlTypeName.BOOLEAN || type < 0
            ? text
            : literal.getType().getSqlTypeName().getFamily() != null && !text.contains("-")
                ? text.substring(0, type)
                : text;
      }
    };
  }

  private static String shortened(String text) {
    String quoted = text.replace("'", "''");
    return quoted.length() <= 40 ? quoted : quoted.substring(0, 40) + "…";
  }

  private String call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case AND -> joined(operands, " AND ");
      case OR -> joined(operands, " OR ");
      case NOT -> "NOT " + inner(operands.getFirst());
      case IS_NULL -> inner(operands.getFirst()) + " IS NULL";
      case IS_NOT_NULL -> inner(operands.getFirst()) + " IS NOT NULL";
      case CAST -> of(operands.getFirst());
      default ->
          call.getOperator().getSyntax() == SqlSyntax.BINARY && operands.size() == 2
              ? inner(operands.get(0))
                  + " "
                  + call.getOperator().getName()
                  + " "
                  + inner(operands.get(1))
              : call.getOperator().getName().toLowerCase(java.util.Locale.ROOT)
                  + operands.stream().map(this::of).collect(Collectors.joining(", ", "(", ")"));
    };
  }

  private String joined(List<RexNode> operands, String word) {
    return operands.stream().map(this::inner).collect(Collectors.joining(word));
  }

  private String inner(RexNode operand) {
    boolean compound =
        operand instanceof RexCall call
            && switch (call.getKind()) {
              case AND, OR, PLUS, MINUS, TIMES, DIVIDE -> true;
              default -> false;
            };
    return compound ? "(" + of(operand) + ")" : of(operand);
  }
}

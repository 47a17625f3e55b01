package io.quiver.sql.validate;

import io.quiver.sql.function.FuseFunction;
import io.quiver.sql.function.RecallFunction;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's conversions, but for casts of vectors to text and for searches: their data are inputs,
 * so the call keeps the other arguments only. Left to Calcite, the data become a reference to a
 * column of who knows what.
 */
public final class SearchConvertlets implements SqlRexConvertletTable {
  /** Casts of literals that were made, by what is equal to them wherever it stands. */
  private final Map<RexNode, RexNode> literalCasts = new HashMap<>();

  /**
   * The expression with its place in the text, if it is the cast of a literal: Calcite makes such
   * casts anew when it simplifies, and forgets where they stand. The first of those that are equal
   * stands for all.
   */
  public RexNode placed(RexNode expression) {
    return literalCasts.getOrDefault(expression, expression);
  }

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    return switch (call.getOperator()) {
      case RecallFunction recall ->
          (context, each) ->
              scalars(context, each, each.getOperandList().subList(1, each.operandCount()));
      case SearchFunction search ->
          (context, each) ->
              scalars(context, each, each.getOperandList().subList(1, each.operandCount()));
      case FuseFunction fuse ->
          (context, each) ->
              scalars(context, each, each.getOperandList().subList(0, FuseFunction.BEFORE_LEGS));
      case TextCast cast -> this::cast;
      default -> StandardConvertletTable.INSTANCE.get(call);
    };
  }

  private @Nullable RexNode cast(SqlRexContext context, SqlCall call) {
    SqlNode operand = call.operand(0);
    RelDataType source = context.getValidator().getValidatedNodeType(operand);
    RelDataType target = context.getValidator().getValidatedNodeType(call);
    if (QuiverTypeFactory.isVectorLike(target)
        || (source.getComponentType() != null && SqlTypeUtil.inCharFamily(target))) {
      return cast(context, call, target, context.convertExpression(operand));
    }
    SqlCall plain =
        SqlStdOperatorTable.CAST.createCall(call.getParserPosition(), call.getOperandList());
    SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(plain);
    if (standard == null) {
      throw new IllegalStateException("No conversion of CAST");
    }
    RexNode converted = standard.convertCall(context, call);
    return converted instanceof RexCall made
            && made.getKind() == SqlKind.CAST
            && made.getOperands().getFirst() instanceof RexLiteral literal
        ? cast(context, call, made.getType(), literal)
        : converted;
  }

  private RexNode cast(SqlRexContext context, SqlCall call, RelDataType target, RexNode operand) {
    RexNode cast =
        context.getRexBuilder().makeAbstractCast(call.getParserPosition(), target, operand, false);
    return operand instanceof RexLiteral ? literalCasts.computeIfAbsent(cast, each -> each) : cast;
  }

  private static RexNode scalars(SqlRexContext context, SqlCall call, List<SqlNode> scalars) {
    List<RexNode> operands = new ArrayList<>();
    for (SqlNode operand : scalars) {
      operands.add(context.convertExpression(operand));
    }
    return context
        .getRexBuilder()
        .makeCall(
            call.getParserPosition(),
            context.getTypeFactory().createSqlType(SqlTypeName.CURSOR),
            call.getOperator(),
            operands);
  }
}

package io.quiver.sql.validate;

import io.quiver.sql.function.FuseFunction;
import io.quiver.sql.function.RecallFunction;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
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
  public static final SearchConvertlets INSTANCE = new SearchConvertlets();

  private SearchConvertlets() {}

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
      case TextCast cast -> SearchConvertlets::cast;
      default -> StandardConvertletTable.INSTANCE.get(call);
    };
  }

  private static @Nullable RexNode cast(SqlRexContext context, SqlCall call) {
    SqlNode operand = call.operand(0);
    RelDataType source = context.getValidator().getValidatedNodeType(operand);
    RelDataType target = context.getValidator().getValidatedNodeType(call);
    if (QuiverTypeFactory.isVectorLike(target)
        || (source.getComponentType() != null && SqlTypeUtil.inCharFamily(target))) {
      return context
          .getRexBuilder()
          .makeAbstractCast(target, context.convertExpression(operand), false);
    }
    SqlCall plain =
        SqlStdOperatorTable.CAST.createCall(call.getParserPosition(), call.getOperandList());
    SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(plain);
    if (standard == null) {
      throw new IllegalStateException("No conversion of CAST");
    }
    return standard.convertCall(context, call);
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

package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The operators of PostgreSQL and pgvector, which exist in the parser only: a call to one is at
 * once a call to the function or cast it means, so that nothing later needs to know them.
 */
public final class InfixOperators {
  /** Like {@code +}: tighter than a comparison, so that {@code a <-> b < 0.5} is grouped right. */
  private static final int DISTANCE_PRECEDENCE = 40;

  /** Tighter than any arithmetic. */
  private static final int CAST_PRECEDENCE = 94;

  /** {@code a <-> b}. */
  public static final SqlOperator L2_DISTANCE = new FunctionOperator("<->", "l2_distance");

  /** {@code a <=> b}. */
  public static final SqlOperator COSINE_DISTANCE = new FunctionOperator("<=>", "cosine_distance");

  /** {@code a <#> b}: the negative of the dot product, so that less is nearer. */
  public static final SqlOperator INNER_PRODUCT_DISTANCE =
      new FunctionOperator("<#>", "negative_inner_product");

  /** {@code a <+> b}. */
  public static final SqlOperator L1_DISTANCE = new FunctionOperator("<+>", "l1_distance");

  /** {@code a::type}. */
  public static final SqlOperator CAST = new CastOperator();

  private InfixOperators() {}

  private static final class FunctionOperator extends SqlBinaryOperator {
    private final String function;

    FunctionOperator(String symbol, String function) {
      super(symbol, SqlKind.OTHER, DISTANCE_PRECEDENCE, true, null, null, null);
      this.function = function;
    }

    @Override
    public SqlCall createCall(
        @Nullable SqlLiteral quantifier, SqlParserPos position, @Nullable SqlNode... operands) {
      return new SqlUnresolvedFunction(
              new SqlIdentifier(function, position),
              null,
              null,
              null,
              null,
              SqlFunctionCategory.USER_DEFINED_FUNCTION)
          .createCall(quantifier, position, operands);
    }
  }

  private static final class CastOperator extends SqlBinaryOperator {
    CastOperator() {
      super("::", SqlKind.CAST, CAST_PRECEDENCE, true, null, null, null);
    }

    @Override
    public SqlCall createCall(
        @Nullable SqlLiteral quantifier, SqlParserPos position, @Nullable SqlNode... operands) {
      return SqlStdOperatorTable.CAST.createCall(quantifier, position, operands);
    }
  }
}

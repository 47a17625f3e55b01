package io.quiver.sql.validate;

import io.quiver.sql.function.VectorFunction;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Casts as PostgreSQL has them and stores written for pgvector send them: {@code float8(x)}, and
 * {@code CAST(x AS NUMERIC)} of a double, which keeps all its digits there and loses them by the
 * standard.
 */
final class PostgresCast {
  private PostgresCast() {}

  /** {@code CAST(x AS DOUBLE)} of {@code float8(x)}. */
  static Optional<SqlCall> ofFunction(SqlCall call, SqlFunction function) {
    SqlIdentifier name = function.getNameAsId();
    if (!name.isSimple() || call.operandCount() != 1) {
      return Optional.empty();
    }
    return type(name.getSimple().toLowerCase(Locale.ROOT))
        .map(
            type -> {
              SqlParserPos position = call.getParserPosition();
              return SqlStdOperatorTable.CAST.createCall(
                  position,
                  call.operand(0),
                  new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
            });
  }

  private static Optional<SqlTypeName> type(String name) {
    return switch (name) {
      case "float8" -> Optional.of(SqlTypeName.DOUBLE);
      case "float4" -> Optional.of(SqlTypeName.REAL);
      case "int8" -> Optional.of(SqlTypeName.BIGINT);
      case "int4" -> Optional.of(SqlTypeName.INTEGER);
      case "int2" -> Optional.of(SqlTypeName.SMALLINT);
      default -> Optional.empty();
    };
  }

  /** Whether a cast is one of a double to NUMERIC without digits. */
  static boolean keepsDouble(SqlCall cast) {
    return cast.operandCount() == 2
        && isDouble(cast.operand(0))
        && cast.operand(1) instanceof SqlDataTypeSpec type
        && type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
        && isDecimal(basic)
        && basic.getPrecision() < 0;
  }

  /**
   * Makes CAST(TRUE AS INTEGER) one of 1: Calcite takes a literal that is cast to a number for one,
   * and fails.
   */
  static void countTruth(SqlCall cast) {
    if (cast.operand(0) instanceof SqlLiteral literal
        && literal.getTypeName() == SqlTypeName.BOOLEAN
        && literal.getValue() != null
        && cast.operand(1) instanceof SqlDataTypeSpec type
        && isNumber(type.getTypeName().getSimple())) {
      cast.setOperand(
          0,
          SqlLiteral.createExactNumeric(
              literal.booleanValue() ? "1" : "0", literal.getParserPosition()));
    }
  }

  private static boolean isNumber(String type) {
    return SqlTypeName.NUMERIC_TYPES.stream().anyMatch(each -> each.name().equalsIgnoreCase(type));
  }

  private static boolean isDecimal(SqlBasicTypeNameSpec type) {
    return type.getTypeName().getSimple().equalsIgnoreCase("DECIMAL");
  }

  private static boolean isDouble(SqlNode node) {
    if (!(node instanceof SqlCall call)) {
      return false;
    }
    if (call.getOperator() instanceof VectorFunction function) {
      return function.operation().operands() == 2;
    }
    return call.getKind() == SqlKind.CAST
        && call.operand(1) instanceof SqlDataTypeSpec type
        && type.getTypeName().getSimple().equalsIgnoreCase("DOUBLE");
  }
}

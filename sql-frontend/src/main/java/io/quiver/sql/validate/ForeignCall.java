package io.quiver.sql.validate;

import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Calls of functions as PostgreSQL and JDBC spell them, in the standard's words: {@code NOW()},
 * {@code DATE_TRUNC('month', x)}, {@code DATE_PART('year', x)}, {@code BTRIM(x)}, {@code TRUNC(x)},
 * and the escape {@code {fn UCASE(x)}}, whose names Calcite knows in upper case alone.
 */
final class ForeignCall {
  private ForeignCall() {}

  /** What the call means; empty for one that is none of these. */
  static Optional<SqlNode> standard(SqlCall call, SqlFunction function) {
    if (function instanceof SqlJdbcFunctionCall) {
      return escape(call, function);
    }
    SqlParserPos position = call.getParserPosition();
    return switch (function.getName().toUpperCase(Locale.ROOT) + "/" + call.operandCount()) {
      case "NOW/0" -> Optional.of(SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(position));
      case "TRUNC/1", "TRUNC/2" ->
          Optional.of(SqlStdOperatorTable.TRUNCATE.createCall(position, call.getOperandList()));
      case "BTRIM/1" -> Optional.of(trim(call, SqlLiteral.createCharString(" ", position)));
      case "BTRIM/2" -> Optional.of(trim(call, call.operand(1)));
      case "DATE_TRUNC/2" ->
          unit(call)
              .map(unit -> SqlStdOperatorTable.FLOOR.createCall(position, call.operand(1), unit));
      case "DATE_PART/2" ->
          unit(call)
              .map(unit -> SqlStdOperatorTable.EXTRACT.createCall(position, unit, call.operand(1)));
      default -> Optional.empty();
    };
  }

  private static SqlNode trim(SqlCall call, SqlNode characters) {
    SqlParserPos position = call.getParserPosition();
    return SqlStdOperatorTable.TRIM.createCall(
        position, SqlTrimFunction.Flag.BOTH.symbol(position), characters, call.operand(0));
  }

  /** The unit that the first operand names as text. */
  private static Optional<SqlIntervalQualifier> unit(SqlCall call) {
    if (!(call.operand(0) instanceof SqlCharStringLiteral text)) {
      return Optional.empty();
    }
    String name = text.getValueAs(String.class).strip().toUpperCase(Locale.ROOT);
    for (TimeUnit unit : TimeUnit.values()) {
      if (name.equals(unit.name()) || name.equals(unit.name() + "S")) {
        return Optional.of(new SqlIntervalQualifier(unit, null, text.getParserPosition()));
      }
    }
    return Optional.empty();
  }

  private static Optional<SqlNode> escape(SqlCall call, SqlFunction function) {
    String name = function.getName().replaceFirst("(?i)^\\{fn ", "").replaceFirst("}$", "").strip();
    String upper = name.toUpperCase(Locale.ROOT);
    if (name.equals(upper)) {
      return Optional.empty();
    }
    SqlOperator known = new SqlJdbcFunctionCall(upper);
    return Optional.of(new SqlBasicCall(known, call.getOperandList(), call.getParserPosition()));
  }
}

package io.quiver.sql.validate;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Calls of functions as PostgreSQL and JDBC spell them, in the standard's words: {@code NOW()},
 * {@code DATE_TRUNC('month', x)}, {@code DATE_PART('year', x)}, {@code BTRIM(x)}, {@code TRUNC(x)},
 * and the escape {@code {fn UCASE(x)}}, whose names Calcite knows in upper case alone.
 */
final class ForeignCall {
  /** Names that may stand in {@code {fn ...}}. */
  private static final Set<String> ESCAPED =
      Set.of(
          String.join(
                  ",",
                  SqlJdbcFunctionCall.getNumericFunctions(),
                  SqlJdbcFunctionCall.getStringFunctions(),
                  SqlJdbcFunctionCall.getTimeDateFunctions(),
                  SqlJdbcFunctionCall.getSystemFunctions())
              .split("\\s*,\\s*"));

  /** How many operands those have whose operands Calcite takes apart without counting. */
  private static final Map<String, Integer> OPERANDS =
      Map.of("CONVERT", 2, "IFNULL", 2, "INSERT", 4);

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

  /**
   * The function that an escape stands for. Calcite would look it up from the operands its parser
   * saw, which are others once literals are parameters.
   */
  private static Optional<SqlNode> escape(SqlCall call, SqlFunction function) {
    String name =
        function
            .getName()
            .replaceFirst("(?i)^\\{fn ", "")
            .replaceFirst("}$", "")
            .strip()
            .toUpperCase(Locale.ROOT);
    int operands = call.operandCount();
    if (!ESCAPED.contains(name) || OPERANDS.getOrDefault(name, operands) != operands) {
      // Calcite says what is wrong.
      return Optional.empty();
    }
    SqlParserPos position = call.getParserPosition();
    SqlJdbcFunctionCall known = new SqlJdbcFunctionCall(name);
    SqlCall _ = known.createCall(position, call.getOperandList());
    SqlCall meant = known.getLookupCall();
    return Optional.of(
        meant instanceof SqlBasicCall
            ? new SqlBasicCall(meant.getOperator(), meant.getOperandList(), position)
            : meant);
  }
}

package io.quiver.sql.validate;

import io.quiver.sql.function.RecallArgument;
import io.quiver.sql.problem.ErrorCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads the arguments of one VECTOR_RECALL, by position or by name. */
record RecallCallReader(SqlCall call) {
  private static final ArgumentNames<RecallArgument> NAMES =
      new ArgumentNames<>(
          "VECTOR_RECALL", RecallArgument.values(), List.of(), "use k, sample or ef_search.");

  /** One node for each {@link RecallArgument}, NULL where there is none. */
  List<SqlNode> arguments() {
    Map<RecallArgument, SqlNode> given = new EnumMap<>(RecallArgument.class);
    int place = 0;
    for (SqlNode operand : call.getOperandList()) {
      boolean named = operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
      RecallArgument argument =
          named ? named(((SqlCall) operand).operand(1)) : positional(operand, place++);
      SqlNode value = named ? ((SqlCall) operand).operand(0) : operand;
      if (given.put(argument, checked(argument, value)) != null) {
        throw problem(
            operand,
            argument.names().getFirst() + " of VECTOR_RECALL is given twice",
            "give it once.");
      }
    }
    if (!given.containsKey(RecallArgument.DATA)) {
      throw problem(
          call,
          "VECTOR_RECALL is not given its table",
          "write VECTOR_RECALL('docs', 'embedding', k => 10, sample => 100).");
    }
    return Arrays.stream(RecallArgument.values())
        .map(
            argument -> {
              SqlNode value = given.get(argument);
              return value == null ? SqlLiteral.createNull(SqlParserPos.ZERO) : value;
            })
        .toList();
  }

  private static RecallArgument positional(SqlNode operand, int place) {
    if (place >= RecallArgument.values().length) {
      throw problem(
          operand,
          "VECTOR_RECALL takes at most " + RecallArgument.values().length + " arguments",
          "write VECTOR_RECALL('docs', 'embedding', k => 10, sample => 100).");
    }
    return RecallArgument.values()[place];
  }

  private static RecallArgument named(SqlIdentifier name) {
    return NAMES.find(name, name.toString().toLowerCase(Locale.ROOT));
  }

  private static SqlNode checked(RecallArgument argument, SqlNode value) {
    return switch (argument) {
      case DATA -> {
        SqlNode table = SearchCallReader.table(value);
        if (table.getKind() != SqlKind.EXPLICIT_TABLE) {
          throw problem(value, "VECTOR_RECALL measures a table, not a query", "name the table.");
        }
        yield table;
      }
      case COLUMN -> SearchCallReader.column(value);
      case K, SAMPLE, EF_SEARCH -> SearchOption.whole(argument.names().getFirst(), value);
    };
  }

  private static RuntimeException problem(SqlNode place, String message, String remedy) {
    return SearchCallReader.problem(place, ErrorCode.FUNCTION_ARGUMENT_INVALID, message, remedy);
  }
}

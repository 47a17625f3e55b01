package io.quiver.sql.validate;

import io.quiver.sql.function.FuseArgument;
import io.quiver.sql.function.FusionMethod;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads the arguments of one FUSE: its legs by position, everything else by name. */
final class FuseCallReader {
  private static final ArgumentNames<FuseArgument> NAMES =
      new ArgumentNames<>(
          "FUSE",
          FuseArgument.values(),
          List.of("options"),
          "use id_col, algo, top_k, k or weights.");

  private final SqlCall call;
  private final Map<FuseArgument, SqlNode> given = new EnumMap<>(FuseArgument.class);
  private final List<SqlNode> legs = new ArrayList<>();

  FuseCallReader(SqlCall call) {
    this.call = call;
  }

  /** One node for each {@link FuseArgument}, NULL where there is none, and then the legs. */
  List<SqlNode> arguments(int block) {
    for (SqlNode operand : call.getOperandList()) {
      if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
        SqlCall assignment = (SqlCall) operand;
        SqlIdentifier name = assignment.operand(1);
        named(name, name.toString().toLowerCase(Locale.ROOT), assignment.operand(0));
      } else if (operand.getKind() == SqlKind.MAP_VALUE_CONSTRUCTOR) {
        options((SqlCall) operand);
      } else {
        legs.add(leg(operand));
      }
    }
    if (legs.size() < 2) {
      throw problem(
          call,
          "FUSE is given "
              + (legs.isEmpty() ? "no query" : "one query")
              + ", and fuses two or more",
          "write FUSE((SELECT id, score FROM ...), (SELECT id, score FROM ...), id_col =>"
              + " DESCRIPTOR(id)).");
    }
    SearchOrigin origin = new SearchOrigin(block, SqlPosition.of(call.getParserPosition()));
    given.put(FuseArgument.ORIGIN, SqlLiteral.createCharString(origin.encode(), SqlParserPos.ZERO));
    checkWeights();
    List<SqlNode> arguments = new ArrayList<>();
    for (FuseArgument argument : FuseArgument.values()) {
      SqlNode value = given.get(argument);
      arguments.add(value == null ? SqlLiteral.createNull(SqlParserPos.ZERO) : value);
    }
    arguments.addAll(legs);
    return arguments;
  }

  private static SqlNode leg(SqlNode operand) {
    if (operand.isA(SqlKind.QUERY) || operand.getKind() == SqlKind.EXPLICIT_TABLE) {
      return TableArgument.of(operand);
    }
    throw problem(
        operand,
        "a leg of FUSE is not a query",
        "write (SELECT id, score FROM ...); other arguments have names, as in top_k => 10.");
  }

  private void options(SqlCall map) {
    List<SqlNode> entries = map.getOperandList();
    for (int i = 0; i + 1 < entries.size(); i += 2) {
      if (!(entries.get(i) instanceof SqlCharStringLiteral literal)) {
        throw problem(
            entries.get(i),
            "the name of an option is not a string",
            "write options => MAP['k', '60'].");
      }
      named(literal, literal.getValueAs(String.class).toLowerCase(Locale.ROOT), entries.get(i + 1));
    }
  }

  private void named(SqlNode place, String word, SqlNode value) {
    if (word.equals("options")) {
      if (value.getKind() != SqlKind.MAP_VALUE_CONSTRUCTOR) {
        throw problem(value, "options of FUSE is not a map", "write options => MAP['k', '60'].");
      }
      options((SqlCall) value);
      return;
    }
    FuseArgument argument = NAMES.find(place, word);
    if (given.containsKey(argument)) {
      throw problem(
          value, argument.names().getFirst() + " of FUSE is given twice", "give it once.");
    }
    given.put(
        argument,
        switch (argument) {
          case ID_COL -> idColumns(value);
          case ALGO -> method(value);
          case TOP_K -> number(argument, value, true);
          case RANK_CONSTANT -> number(argument, value, false);
          case WEIGHTS, ORIGIN -> weights(value);
        });
  }

  private static SqlNode idColumns(SqlNode value) {
    if (value instanceof SqlCharStringLiteral) {
      return value;
    }
    List<SqlNode> columns =
        value instanceof SqlCall descriptor
                && descriptor.getOperator().getName().equalsIgnoreCase("DESCRIPTOR")
            ? descriptor.getOperandList()
            : List.of(value);
    List<String> names = new ArrayList<>();
    for (SqlNode column : columns) {
      if (!(column instanceof SqlIdentifier name) || !name.isSimple()) {
        throw problem(
            column,
            "the column that tells the rows of FUSE apart is not a name",
            "write id_col => DESCRIPTOR(id).");
      }
      names.add(name.getSimple());
    }
    return SqlLiteral.createCharString(String.join("\n", names), value.getParserPosition());
  }

  private static SqlNode method(SqlNode value) {
    if (value instanceof SqlCharStringLiteral literal
        && FusionMethod.of(literal.getValueAs(String.class)).isPresent()) {
      return literal;
    }
    throw problem(
        value, "algo of FUSE is " + value + ", not a method", "use 'rrf', 'dbsf' or 'linear'.");
  }

  private static SqlNode number(FuseArgument argument, SqlNode value, boolean whole) {
    if (!(value instanceof SqlLiteral literal) || literal.getValue() == null) {
      return value;
    }
    try {
      BigDecimal number = new BigDecimal(String.valueOf(literal.toValue()).strip());
      if (whole ? number.intValueExact() >= 1 : number.signum() >= 0) {
        return literal instanceof SqlNumericLiteral
            ? literal
            : SqlLiteral.createExactNumeric(number.toPlainString(), literal.getParserPosition());
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Said below.
    }
    String name = argument.names().getFirst();
    throw problem(
        literal,
        name + " of FUSE is " + literal + ", not a number of at least " + (whole ? 1 : 0),
        "give " + name + " a number such as " + (whole ? "10." : "60."));
  }

  /** {@code '0.7,0.3'}, or {@code ARRAY[0.7, 0.3]}, as the first. */
  private static SqlNode weights(SqlNode value) {
    if (value.getKind() != SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
      return value;
    }
    List<String> numbers = new ArrayList<>();
    for (SqlNode number : ((SqlCall) value).getOperandList()) {
      if (!(number instanceof SqlNumericLiteral literal)) {
        throw problem(number, "a weight of FUSE is not a number", "write weights => '0.7,0.3'.");
      }
      numbers.add(String.valueOf(literal.toValue()));
    }
    return SqlLiteral.createCharString(String.join(",", numbers), value.getParserPosition());
  }

  private void checkWeights() {
    if (given.get(FuseArgument.WEIGHTS) instanceof SqlCharStringLiteral literal) {
      if (FuseWeights.read(literal.getValueAs(String.class), legs.size()).isEmpty()) {
        throw problem(
            literal,
            "weights of FUSE are " + literal + ", not " + legs.size() + " numbers",
            "give one of at least 0 for each leg, as in '0.7,0.3'.");
      }
    }
  }

  private static RuntimeException problem(SqlNode place, String message, String remedy) {
    return SearchCallReader.problem(place, ErrorCode.FUNCTION_ARGUMENT_INVALID, message, remedy);
  }
}

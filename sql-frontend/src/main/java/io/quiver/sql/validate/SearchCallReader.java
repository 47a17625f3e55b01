package io.quiver.sql.validate;

import io.quiver.sql.function.SearchArgument;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads the arguments of one search as users spell them, by position or by name. */
final class SearchCallReader {
  /** What other engines call the search before a MAXSIM; here it is written out. */
  private static final Set<String> PREFETCH =
      Set.of("prefetch", "prefetch_col", "prefetch_query", "candidates", "num_candidates");

  private final SearchFunction function;
  private final SqlCall call;
  private final Map<SearchArgument, SqlNode> given = new EnumMap<>(SearchArgument.class);

  SearchCallReader(SearchFunction function, SqlCall call) {
    this.function = function;
    this.call = call;
  }

  /** One node for each {@link SearchArgument}, NULL where there is none. */
  SqlNode[] arguments(int block, SearchHints hints) {
    for (SqlNode operand : call.getOperandList()) {
      if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
        SqlCall assignment = (SqlCall) operand;
        named(assignment.operand(1), assignment.operand(0));
      } else if (isMap(operand)) {
        options((SqlCall) operand);
      } else {
        positional(operand);
      }
    }
    SqlNode data = required(SearchArgument.DATA, "write TABLE docs, 'docs' or a sub-query first.");
    required(SearchArgument.QUERY, "give the vector to search for, or ?.");
    given.put(SearchArgument.DATA, table(data));
    SqlNode column = given.get(SearchArgument.COLUMN);
    if (column != null) {
      given.put(SearchArgument.COLUMN, column(column));
    }
    checkEffort(hints);
    SearchOrigin origin = new SearchOrigin(block, SqlPosition.of(call.getParserPosition()));
    given.put(
        SearchArgument.ORIGIN, SqlLiteral.createCharString(origin.encode(), SqlParserPos.ZERO));
    given.put(
        SearchArgument.OVER_SEARCH,
        SqlLiteral.createBoolean(SearchSubQuery.isSearch(data), SqlParserPos.ZERO));
    SqlNode[] arguments = new SqlNode[SearchArgument.values().length];
    for (SearchArgument argument : SearchArgument.values()) {
      SqlNode value = given.get(argument);
      arguments[argument.position()] =
          value == null ? SqlLiteral.createNull(SqlParserPos.ZERO) : value;
    }
    return arguments;
  }

  /** Hints fill what the call leaves open. */
  private void checkEffort(SearchHints hints) {
    SqlNode target = given.get(SearchArgument.TARGET_RECALL);
    boolean said = target != null || given.containsKey(SearchArgument.EF_SEARCH);
    if (target != null && given.containsKey(SearchArgument.EF_SEARCH)) {
      throw problem(
          target,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          function.getName() + " is given both ef_search and target_recall",
          "give one: ef_search is learnt for a target_recall.");
    }
    hints
        .values()
        .forEach(
            (argument, value) -> {
              boolean effort =
                  argument == SearchArgument.EF_SEARCH || argument == SearchArgument.TARGET_RECALL;
              if (!effort || !said) {
                given.putIfAbsent(argument, value);
              }
            });
  }

  private static boolean isMap(SqlNode operand) {
    return operand.getKind() == SqlKind.MAP_VALUE_CONSTRUCTOR;
  }

  /** By position: data, column, query, top_k, metric; the column may be left out. */
  private void positional(SqlNode value) {
    for (SearchArgument argument : SearchArgument.values()) {
      boolean leftOut =
          argument == SearchArgument.COLUMN
              && (given.containsKey(SearchArgument.QUERY) || !isColumn(value));
      if (argument.isDirect() && !given.containsKey(argument) && !leftOut) {
        put(argument, value);
        return;
      }
    }
    throw problem(
        value,
        ErrorCode.FUNCTION_ARGUMENT_INVALID,
        function.getName() + " takes at most five arguments by position",
        "give the others by name, as in ef_search => 200.");
  }

  private static boolean isColumn(SqlNode value) {
    if (value instanceof SqlCharStringLiteral literal) {
      String text = literal.getValueAs(String.class).stripLeading();
      return !text.startsWith("[") && !text.startsWith("{") && !text.startsWith("f32:");
    }
    return isDescriptor(value) || value instanceof SqlIdentifier name && name.isSimple();
  }

  private static boolean isDescriptor(SqlNode node) {
    return node instanceof SqlCall descriptor
        && descriptor.getOperator().getName().equalsIgnoreCase("DESCRIPTOR");
  }

  private void named(SqlIdentifier name, SqlNode value) {
    String word = name.toString().toLowerCase(Locale.ROOT);
    if (word.equals("options") || word.equals("config")) {
      if (!isMap(value)) {
        throw problem(
            value,
            ErrorCode.FUNCTION_ARGUMENT_INVALID,
            word + " of " + function.getName() + " is not a map",
            "write options => MAP['ef_search', '200'].");
      }
      options((SqlCall) value);
    } else {
      put(argument(name, word), value);
    }
  }

  private void options(SqlCall map) {
    List<SqlNode> entries = map.getOperandList();
    for (int i = 0; i + 1 < entries.size(); i += 2) {
      if (!(entries.get(i) instanceof SqlCharStringLiteral literal)) {
        throw problem(
            entries.get(i),
            ErrorCode.FUNCTION_ARGUMENT_INVALID,
            "the name of an option is not a string",
            "write options => MAP['ef_search', '200'].");
      }
      String word = literal.getValueAs(String.class).toLowerCase(Locale.ROOT);
      put(argument(literal, word), entries.get(i + 1));
    }
  }

  private SearchArgument argument(SqlNode place, String word) {
    if (function.kind() == SearchFunction.Kind.MAXSIM && PREFETCH.contains(word)) {
      throw problem(
          place,
          ErrorCode.NOT_SUPPORTED,
          function.getName() + " has no argument \"" + word + "\"; another search gives candidates",
          "write MAXSIM((SELECT * FROM VECTOR_SEARCH('docs', 'embedding', ?, 100)), 'tokens', ?,"
              + " 10).");
    }
    return new ArgumentNames<>(
            function.getName(),
            SearchArgument.values(),
            List.of("options"),
            "use data, col, query, top_k, metric or options.")
        .find(place, word);
  }

  private void put(SearchArgument argument, SqlNode value) {
    if (value.getKind() == SqlKind.DEFAULT) {
      return;
    }
    if (given.containsKey(argument)) {
      throw problem(
          value,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          argument.names().getFirst() + " of " + function.getName() + " is given twice",
          "give it once.");
    }
    given.put(argument, SearchOption.checked(argument, value));
  }

  /** {@code 'schema.t'}, {@code t} and {@code TABLE t} as the last; queries as they are. */
  static SqlNode table(SqlNode data) {
    SqlParserPos position = data.getParserPosition();
    return switch (data) {
      case SqlCharStringLiteral name ->
          SqlStdOperatorTable.EXPLICIT_TABLE.createCall(
              position, new SqlIdentifier(NameText.parts(name), position));
      case SqlIdentifier name -> SqlStdOperatorTable.EXPLICIT_TABLE.createCall(position, name);
      default -> {
        if (data.getKind() == SqlKind.EXPLICIT_TABLE || data.isA(SqlKind.QUERY)) {
          yield TableArgument.of(data);
        }
        throw problem(
            data,
            ErrorCode.FUNCTION_ARGUMENT_INVALID,
            "the data of a search are neither a table nor a query",
            "write TABLE docs, 'docs' or (SELECT ... FROM docs WHERE ...); the table's name"
                + " cannot be a parameter.");
      }
    };
  }

  /** {@code DESCRIPTOR(c)}, {@code c} and {@code 'c'} as the last. */
  static SqlNode column(SqlNode column) {
    SqlNode name = isDescriptor(column) ? ((SqlCall) column).operand(0) : column;
    return switch (name) {
      case SqlIdentifier identifier when identifier.isSimple() ->
          SqlLiteral.createCharString(identifier.getSimple(), column.getParserPosition());
      case SqlCharStringLiteral literal ->
          SqlLiteral.createCharString(NameText.single(literal), literal.getParserPosition());
      default ->
          throw problem(
              column,
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              "the column to search is not a name",
              "write DESCRIPTOR(embedding) or 'embedding'; it cannot be a parameter.");
    };
  }

  private SqlNode required(SearchArgument argument, String remedy) {
    SqlNode value = given.get(argument);
    if (value == null) {
      throw problem(
          call,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          function.getName() + " is not given its " + argument.names().getFirst(),
          remedy);
    }
    return value;
  }

  static RuntimeException problem(SqlNode place, ErrorCode code, String message, String remedy) {
    return SqlProblem.at(code, SqlPosition.of(place.getParserPosition()), message, remedy)
        .asException();
  }
}

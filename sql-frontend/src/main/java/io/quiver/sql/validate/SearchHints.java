package io.quiver.sql.validate;

import io.quiver.sql.function.SearchArgument;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /*+ ANN(ef_search = '200') *}{@code /} says, after SELECT for every search of its
 * block, after a table for that table's. Hints of other names are other databases' and pass by.
 *
 * @param values checked literals
 */
record SearchHints(Map<SearchArgument, SqlNode> values, SqlParserPos position) {
  static final SearchHints NONE = new SearchHints(Map.of(), SqlParserPos.ZERO);

  private static final String NAME = "ANN";
  private static final List<SearchArgument> ALLOWED =
      List.of(
          SearchArgument.EF_SEARCH,
          SearchArgument.EXACT,
          SearchArgument.TARGET_RECALL,
          SearchArgument.FILTER_MODE);

  /** Reads a list of hints. */
  static SearchHints read(@Nullable SqlNodeList hints) {
    if (hints == null) {
      return NONE;
    }
    for (SqlNode node : hints) {
      if (node instanceof SqlHint hint && hint.getName().equalsIgnoreCase(NAME)) {
        return read(hint);
      }
    }
    return NONE;
  }

  private static SearchHints read(SqlHint hint) {
    if (hint.getOptionFormat() != SqlHint.HintOptionFormat.KV_LIST) {
      throw problem(
          hint,
          "hint ANN has no options with names",
          "write /*+ ANN(ef_search = '" + number(hint).orElse("200") + "') */.");
    }
    Map<SearchArgument, SqlNode> values = new EnumMap<>(SearchArgument.class);
    hint.getOptionKVPairs()
        .forEach(
            (key, value) -> {
              String word = key.toLowerCase(Locale.ROOT);
              SearchArgument argument =
                  ALLOWED.stream()
                      .filter(each -> each.names().contains(word))
                      .findFirst()
                      .orElseThrow(() -> unknown(hint, key, word));
              values.put(
                  argument,
                  SearchOption.checked(
                      argument, SqlLiteral.createCharString(value, hint.getParserPosition())));
            });
    if (values.containsKey(SearchArgument.EF_SEARCH)
        && values.containsKey(SearchArgument.TARGET_RECALL)) {
      throw problem(
          hint,
          "hint ANN says both ef_search and target_recall",
          "give one: ef_search is learnt for a target_recall.");
    }
    return new SearchHints(values, hint.getParserPosition());
  }

  /** The one number it holds, where it is written {@code ANN(200)}. */
  private static Optional<String> number(SqlHint hint) {
    List<String> values = hint.getOptionList();
    return values.size() == 1 && values.getFirst().matches("[0-9]{1,9}")
        ? Optional.of(values.getFirst())
        : Optional.empty();
  }

  private static RuntimeException unknown(SqlHint hint, String key, String word) {
    return problem(
        hint,
        "hint ANN has no option \"" + key + "\"",
        NearestName.of(word, ALLOWED.stream().map(each -> each.names().getFirst()).toList())
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("use ef_search, exact, target_recall or filter_mode."));
  }

  private static RuntimeException problem(SqlNode place, String message, String remedy) {
    return SearchCallReader.problem(place, ErrorCode.FUNCTION_ARGUMENT_INVALID, message, remedy);
  }

  /** A FROM whose tables carry these hints, save those that have their own. */
  SqlNode on(SqlNode from) {
    if (values.isEmpty()) {
      return from;
    }
    return switch (from) {
      case SqlIdentifier table -> onTable(table);
      case SqlJoin join -> {
        join.setLeft(on(join.getLeft()));
        join.setRight(on(join.getRight()));
        yield join;
      }
      case SqlCall call when call.getKind() == SqlKind.AS -> {
        call.setOperand(0, on(call.operand(0)));
        yield call;
      }
      default -> from;
    };
  }

  /** A table with these hints, for the planner to find on its scan. */
  SqlNode onTable(SqlIdentifier table) {
    if (values.isEmpty()) {
      return table;
    }
    if (values.get(SearchArgument.FILTER_MODE) instanceof SqlLiteral mode
        && "post".equalsIgnoreCase(mode.toValue())) {
      throw SearchCallReader.problem(
          mode,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          "filter_mode 'post' is of VECTOR_SEARCH; an ORDER BY gives all the rows that qualify",
          "write the search as VECTOR_SEARCH(...), or leave filter_mode out.");
    }
    SqlNodeList options = new SqlNodeList(position);
    values.forEach(
        (argument, value) -> {
          options.add(new SqlIdentifier(argument.names().getFirst(), position));
          options.add(
              SqlLiteral.createCharString(
                  String.valueOf(((SqlLiteral) value).toValue()), position));
        });
    SqlHint hint =
        new SqlHint(
            position, new SqlIdentifier(NAME, position), options, SqlHint.HintOptionFormat.KV_LIST);
    return new SqlTableRef(
        table.getParserPosition(), table, new SqlNodeList(List.of(hint), position));
  }
}

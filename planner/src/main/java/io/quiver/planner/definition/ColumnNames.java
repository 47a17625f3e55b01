package io.quiver.planner.definition;

import io.quiver.sql.parser.QuotedName;
import io.quiver.sql.parser.StatementParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The columns an expression of one table names, and the expression under another name for one. */
final class ColumnNames {
  private static final String SELECT = "SELECT ";

  private ColumnNames() {}

  /** Names in an expression. */
  static Set<String> in(SqlNode expression) {
    Set<String> names = new LinkedHashSet<>();
    identifiers(expression).forEach(each -> names.add(each.names.getLast()));
    return names;
  }

  /** Names in the text of an expression. */
  static Set<String> in(String expression) {
    return in(parsed(expression));
  }

  /** The text of an expression with another name for a column. */
  static String renamed(String expression, String from, String to) {
    StringBuilder text = new StringBuilder(expression);
    List<SqlIdentifier> found =
        new ArrayList<>(
            identifiers(parsed(expression)).stream()
                .filter(each -> each.names.getLast().equals(from))
                .toList());
    StatementText places = new StatementText(expression);
    for (int i = found.size() - 1; i >= 0; i--) {
      SqlIdentifier name = found.get(i);
      SqlParserPos last = name.getComponentParserPosition(name.names.size() - 1);
      // Parsed behind SELECT, which is on the first line.
      int shift = last.getLineNum() == 1 ? SELECT.length() : 0;
      int endShift = last.getEndLineNum() == 1 ? SELECT.length() : 0;
      text.replace(
          places.offset(last.getLineNum(), last.getColumnNum() - shift),
          places.offset(last.getEndLineNum(), last.getEndColumnNum() - endShift) + 1,
          QuotedName.of(to));
    }
    return text.toString();
  }

  private static SqlNode parsed(String expression) {
    return ((SqlSelect) new StatementParser().parse(SELECT + expression)).getSelectList().get(0);
  }

  private static List<SqlIdentifier> identifiers(SqlNode expression) {
    List<SqlIdentifier> found = new ArrayList<>();
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            found.add(name);
            return null;
          }
        });
    return found;
  }
}

package io.quiver.planner.definition;

import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.CreateView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Parts of a statement's text, as the user wrote them. */
final class StatementText {
  private static final Pattern AS = Pattern.compile("[\\s)']*\\bAS\\b", Pattern.CASE_INSENSITIVE);

  private final String sql;

  StatementText(String sql) {
    this.sql = sql;
  }

  /** The text of an expression. */
  String of(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    return sql.substring(
        offset(position.getLineNum(), position.getColumnNum()),
        offset(position.getEndLineNum(), position.getEndColumnNum()) + 1);
  }

  /** The text of a view's query: all that follows AS. */
  String queryOf(CreateView view) {
    SqlNode last = view.columns().isEmpty() ? view.name() : view.columns().getLast();
    return after(last.getParserPosition());
  }

  /** The text of the query that a table is made of. */
  String queryOf(CreateTable table) {
    SqlParserPos last = table.name().getParserPosition();
    if (!table.constraints().isEmpty()) {
      last = table.constraints().getLast().position();
    }
    if (!table.options().isEmpty()) {
      last = table.options().getLast().valuePosition();
    }
    return after(last);
  }

  /** What follows AS behind a place. */
  private String after(SqlParserPos position) {
    int from = offset(position.getEndLineNum(), position.getEndColumnNum()) + 1;
    Matcher matcher = AS.matcher(sql).region(from, sql.length());
    if (!matcher.find()) {
      throw new IllegalStateException("No AS in the statement");
    }
    String query = sql.substring(matcher.end()).strip();
    return query.endsWith(";") ? query.substring(0, query.length() - 1).strip() : query;
  }

  int offset(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = sql.indexOf('\n', start) + 1;
    }
    return start + column - 1;
  }
}

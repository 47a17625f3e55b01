package io.quiver.sql.parser;

import io.quiver.sql.parser.generated.QuiverSqlParser;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * The door of the parser: the text of one statement in, its tree out.
 *
 * <p>Identifiers are in lower case unless they stand in double quotes. A trailing semicolon and
 * comments are fine. Safe for use by many threads.
 */
public final class StatementParser {
  /** Longest text that is read, in characters. */
  public static final int MAX_LENGTH = 16 << 20;

  static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(QuiverSqlParser.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.TO_LOWER)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(true)
          .withIdentifierMaxLength(256)
          .withConformance(SqlConformanceEnum.BABEL);

  /**
   * Parses one statement.
   *
   * @return a {@link SqlCommand}, or a query or write of Calcite's own nodes
   * @throws SqlProblemException showing where and why it cannot be read
   */
  public SqlNode parse(String sql) {
    if (sql.length() > MAX_LENGTH) {
      throw SqlProblem.of(
              ErrorCode.STATEMENT_TOO_LONG,
              "the statement has " + sql.length() + " characters, more than " + MAX_LENGTH,
              "pass values as parameters, or send the rows in several statements.")
          .asException();
    }
    SqlNodeList statements = statements(sql);
    if (statements.size() > 1) {
      throw SqlProblem.at(
              ErrorCode.SEVERAL_STATEMENTS,
              SqlPosition.of(statements.get(1).getParserPosition()),
              "the text holds " + statements.size() + " statements; this is the second",
              "send them one at a time.")
          .asException()
          .in(sql);
    }
    return statements.get(0);
  }

  private static SqlNodeList statements(String sql) {
    try {
      if (!TokenCheck.check(sql)) {
        throw SqlProblem.of(
                ErrorCode.STATEMENT_EMPTY,
                "the text holds no statement",
                "write one, such as SELECT 1.")
            .asException();
      }
      return SqlParser.create(sql, CONFIG).parseStmtList();
    } catch (SqlProblemException e) {
      throw e.in(sql);
    } catch (SqlParseException e) {
      throw ParseProblems.translate(e, sql).in(sql);
    }
  }
}

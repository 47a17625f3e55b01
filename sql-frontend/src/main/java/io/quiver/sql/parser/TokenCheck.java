package io.quiver.sql.parser;

import io.quiver.sql.parser.SqlTokens.Kind;
import io.quiver.sql.parser.SqlTokens.Token;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.regex.Pattern;

/**
 * What can be refused by looking at the words of a statement alone, before it is parsed: nesting
 * deeper than the parser's recursion can follow on an ordinary thread's stack, and parameters
 * written {@code $1}, which the grammar would take for names.
 */
final class TokenCheck {
  /** Deepest nesting of parentheses, brackets and CASE. Half a megabyte of stack is enough. */
  static final int MAX_DEPTH = 128;

  private static final Pattern NUMBERED_PARAMETER = Pattern.compile("\\$\\d+");

  private TokenCheck() {}

  /**
   * Throws what is to be refused; false if there is nothing but blanks, comments and semicolons.
   */
  static boolean check(String sql) {
    SqlTokens tokens = new SqlTokens(sql);
    boolean any = false;
    int depth = 0;
    for (Token token = tokens.next(); token.kind() != Kind.END; token = tokens.next()) {
      any |= !token.is(";");
      depth = Math.max(0, depth + step(token));
      if (depth > MAX_DEPTH) {
        throw problem(
            ErrorCode.STATEMENT_TOO_DEEP,
            token,
            "the statement nests deeper than " + MAX_DEPTH + " levels",
            "take parts of it into WITH queries or views.");
      }
      if (token.kind() == Kind.WORD && NUMBERED_PARAMETER.matcher(token.text()).matches()) {
        throw problem(
            ErrorCode.SYNTAX_ERROR,
            token,
            "a parameter is written ?, not " + token.text(),
            "write ? for each parameter, in the order in which they are set.");
      }
    }
    return any;
  }

  private static int step(Token token) {
    return switch (token.text()) {
      case "(", "[" -> 1;
      case ")", "]" -> -1;
      default -> token.is("CASE") ? 1 : token.is("END") ? -1 : 0;
    };
  }

  private static SqlProblemException problem(
      ErrorCode code, Token token, String message, String remedy) {
    int end = token.column() + token.text().length() - 1;
    SqlPosition position = new SqlPosition(token.line(), token.column(), token.line(), end);
    return SqlProblem.at(code, position, message, remedy).asException();
  }
}

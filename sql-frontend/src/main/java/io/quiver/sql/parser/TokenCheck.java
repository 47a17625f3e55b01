package io.quiver.sql.parser;

import io.quiver.sql.parser.SqlTokens.Kind;
import io.quiver.sql.parser.SqlTokens.Token;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be refused by looking at the words of a statement alone, before it is parsed: nesting
 * deeper than the parser's recursion can follow on an ordinary thread's stack, parameters written
 * {@code $1}, which the grammar would take for names, and words that follow a number without a
 * blank, which it would take for the number's alias.
 */
final class TokenCheck {
  /** Deepest nesting of parentheses, brackets and CASE. Half a megabyte of stack is enough. */
  static final int MAX_DEPTH = 128;

  private static final Pattern NUMBERED_PARAMETER = Pattern.compile("\\$\\d+");

  /** Hexadecimal, octal and binary numbers, and decimal ones with underscores, as SQL:2023 has. */
  private static final Pattern FOREIGN_NUMBER =
      Pattern.compile(
          "0[xX]((?:_?[0-9a-fA-F])+)|0[oO]((?:_?[0-7])+)|0[bB]((?:_?[01])+)|([0-9]+(?:_[0-9]+)+)");

  private static final int[] RADIXES = {16, 8, 2, 10};

  private TokenCheck() {}

  /**
   * Throws what is to be refused; false if there is nothing but blanks, comments and semicolons.
   */
  static boolean check(String sql) {
    SqlTokens tokens = new SqlTokens(sql);
    boolean any = false;
    int depth = 0;
    Token before = null;
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
      if (before != null && before.kind() == Kind.NUMBER && follows(before, token)) {
        throw numberAndWord(before, token);
      }
      before = token;
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

  /** Whether a word begins where a number ends. */
  private static boolean follows(Token number, Token token) {
    return token.kind() == Kind.WORD
        && token.line() == number.line()
        && token.column() == number.column() + number.text().length();
  }

  private static SqlProblemException numberAndWord(Token number, Token word) {
    String both = number.text() + word.text();
    return problem(
        ErrorCode.SYNTAX_ERROR,
        new Token(Kind.NUMBER, both, number.line(), number.column()),
        "a number is followed by a letter: " + both,
        decimal(both)
            .map(value -> "write the number in decimal: " + value + ".")
            .orElse("put a blank between the number and the word."));
  }

  /** A number that other databases read, as this one does. */
  private static Optional<BigInteger> decimal(String number) {
    Matcher foreign = FOREIGN_NUMBER.matcher(number);
    if (!foreign.matches()) {
      return Optional.empty();
    }
    for (int i = 1; i <= RADIXES.length; i++) {
      String digits = foreign.group(i);
      if (digits != null) {
        return Optional.of(new BigInteger(digits.replace("_", ""), RADIXES[i - 1]));
      }
    }
    return Optional.empty();
  }

  private static SqlProblemException problem(
      ErrorCode code, Token token, String message, String remedy) {
    int end = token.column() + token.text().length() - 1;
    SqlPosition position = new SqlPosition(token.line(), token.column(), token.line(), end);
    return SqlProblem.at(code, position, message, remedy).asException();
  }
}

package io.quiver.sql.problem;

import java.util.Locale;

/**
 * Every kind of mistake, numbered once and for ever.
 *
 * <p>A number is never used again for something else. {@code docs/errors.md} is made from this.
 */
public enum ErrorCode {
  SYNTAX_ERROR(1001, "42601", "The statement is not SQL as Quiver reads it."),
  STATEMENT_EMPTY(1002, "42601", "There is no statement in the text."),
  SEVERAL_STATEMENTS(1003, "42601", "The text holds more than one statement."),
  STATEMENT_TOO_LONG(1004, "54000", "The text of the statement is longer than is read."),
  STATEMENT_TOO_DEEP(1005, "54001", "Expressions or sub-queries are nested too deeply."),
  TYPE_UNKNOWN(1006, "42704", "No type has this name."),
  TYPE_ARGUMENT_INVALID(1007, "22023", "A type is given arguments that it does not take.");

  private final int number;
  private final String sqlState;
  private final String meaning;

  ErrorCode(int number, String sqlState, String meaning) {
    this.number = number;
    this.sqlState = sqlState;
    this.meaning = meaning;
  }

  /** The stable number. */
  public int number() {
    return number;
  }

  /** The number as users see it, such as {@code QV-1001}. */
  public String label() {
    return String.format(Locale.ROOT, "QV-%04d", number);
  }

  /** The five characters JDBC reports. */
  public String sqlState() {
    return sqlState;
  }

  /** What it means, in one sentence. */
  public String meaning() {
    return meaning;
  }
}

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
  TYPE_ARGUMENT_INVALID(1007, "22023", "A type is given arguments that it does not take."),
  COLUMN_UNKNOWN(2001, "42703", "No column has this name here."),
  TABLE_UNKNOWN(2002, "42P01", "No table or view has this name."),
  COLUMN_AMBIGUOUS(2003, "42702", "Several tables have a column of this name."),
  FUNCTION_UNKNOWN(2004, "42883", "No function has this name and takes these arguments."),
  QUERY_INVALID(2005, "42000", "The query means nothing as it is written."),
  NOT_SUPPORTED(2006, "0A000", "This is SQL, but Quiver does not do it."),
  FUNCTION_ARGUMENT_INVALID(2101, "22023", "A function is given an argument it does not take."),
  METRIC_UNKNOWN(2102, "22023", "No metric has this name."),
  COLUMN_NOT_SEARCHABLE(2103, "42804", "A search is told to search a column of another type."),
  SEARCH_COLUMN_UNCLEAR(2104, "42702", "A search is not told which column to search."),
  SEARCH_UNBOUNDED(2105, "42601", "A search is not told how many rows to find."),
  OPERAND_NOT_VECTOR(2201, "42804", "A vector is wanted where something else is given."),
  VECTOR_MALFORMED(2202, "22P02", "A text or value does not read as a vector."),
  VECTOR_DIMENSIONS_DIFFER(2203, "22000", "Two vectors differ in their number of dimensions."),
  VECTOR_NOT_FINITE(2204, "22003", "A component of a vector is NaN or infinite."),
  ZERO_VECTOR(2205, "22000", "A vector of zeros has no direction, so it has no cosine."),
  PARAMETER_COUNT(2301, "07001", "The number of parameters differs from the statement's."),
  VALUE_INVALID(2302, "22018", "A value does not read as the type it is wanted in."),
  VALUE_OUT_OF_RANGE(2303, "22003", "A number is too large for its type."),
  DIVISION_BY_ZERO(2304, "22012", "A number is divided by zero."),
  SUBQUERY_ROWS(2305, "21000", "A sub-query that stands for one value gave several rows."),
  JSON_INVALID(2306, "22032", "A text that should be JSON is not.");

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

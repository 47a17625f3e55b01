package io.quiver.planner.expression;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import org.apache.calcite.rel.type.RelDataType;

/** Mistakes that show only when values are known. */
final class EvaluationProblem {
  private EvaluationProblem() {}

  static SqlProblemException outOfRange(String value, String type) {
    return SqlProblem.of(
            ErrorCode.VALUE_OUT_OF_RANGE,
            "The value " + value + " does not fit " + name(type),
            "Use a wider type, such as BIGINT, DECIMAL or DOUBLE.")
        .asException();
  }

  static SqlProblemException badArgument(String message, String remedy) {
    return SqlProblem.of(ErrorCode.VALUE_OUT_OF_RANGE, message, remedy).asException();
  }

  static SqlProblemException divisionByZero() {
    return SqlProblem.of(
            ErrorCode.DIVISION_BY_ZERO,
            "Division by zero",
            "Write NULLIF(divisor, 0) to get NULL instead.")
        .asException();
  }

  /** Of types that no value can go between. */
  static SqlProblemException noCast(String from, RelDataType to, String remedy) {
    return SqlProblem.of(ErrorCode.TYPES_DIFFER, from + " cannot become " + to, remedy)
        .asException();
  }

  static SqlProblemException notReadable(String text, String type) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return SqlProblem.of(
            ErrorCode.VALUE_INVALID,
            "The text '" + shown + "' does not read as " + name(type),
            "Give a value of the type, or NULL.")
        .asException();
  }

  /** A type as it is written in SQL. */
  static String name(String type) {
    return type.startsWith("TIMESTAMP_TZ") ? "TIMESTAMP WITH TIME ZONE" : type;
  }
}

package io.quiver.planner.write;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.write.InvalidRowException;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the engine refuses, in words of SQL. */
public final class WriteProblems {
  private WriteProblems() {}

  static SqlProblemException of(InvalidRowException invalid, WriteTarget target) {
    String message = lowerFirst(String.valueOf(invalid.getMessage()));
    return switch (invalid.reason()) {
      case ABSENT_VALUE -> absent(target, invalid.column(), invalid.row());
      case WRONG_CLASS ->
          SqlProblem.of(ErrorCode.TYPES_DIFFER, message, "give a value of the column's type.")
              .asException();
      case WRONG_DIMENSION ->
          SqlProblem.of(
                  ErrorCode.VECTOR_DIMENSIONS_DIFFER,
                  message,
                  "embed with the model the column was made for.")
              .asException();
      case NOT_FINITE ->
          SqlProblem.of(ErrorCode.VECTOR_NOT_FINITE, message, "give only finite numbers.")
              .asException();
      case ZERO_VECTOR ->
          SqlProblem.of(
                  ErrorCode.ZERO_VECTOR,
                  message,
                  "insert NULL where there is no vector, or index the column by another metric.")
              .asException();
      case OUT_OF_RANGE ->
          SqlProblem.of(ErrorCode.VALUE_OUT_OF_RANGE, message, "give a value the column can hold.")
              .asException();
    };
  }

  static SqlProblemException absent(WriteTarget target, String column, int row) {
    return SqlProblem.of(
            ErrorCode.NULL_NOT_ALLOWED,
            "row "
                + (row + 1)
                + " has no value for column \""
                + column
                + "\" of table \""
                + target.definition().name()
                + "\", which allows no null",
            "give a value for \"" + column + "\".")
        .asException();
  }

  static SqlProblemException of(
      DuplicateKeyException duplicate, WriteTarget target, RowBuffer buffer) {
    for (UniqueEntries unique : target.uniques()) {
      if (unique.collectionName().equals(duplicate.collection())) {
        int row = buffer.rowOf(unique, duplicate.key());
        return notUnique(
            row < 0 ? "" : "row " + (row + 1) + ": ",
            unique.unique(),
            target.definition().name(),
            duplicate.key());
      }
    }
    return keyExists(target, duplicate.key(), duplicate.row());
  }

  /** A row that is to be new has a key that is there. */
  static SqlProblemException keyExists(WriteTarget target, Object[] key, int row) {
    String columns = String.join(", ", target.definition().primaryKey());
    String values = Arrays.stream(key).map(String::valueOf).collect(Collectors.joining(", "));
    return SqlProblem.of(
            ErrorCode.KEY_EXISTS,
            "row "
                + (row + 1)
                + ": table \""
                + target.definition().name()
                + "\" has a row with ("
                + columns
                + ") = ("
                + values
                + ") already",
            "write UPSERT INTO to replace it, or add ON CONFLICT (" + columns + ") DO NOTHING.")
        .asException();
  }

  /** Two rows of a table have the same values in columns that must be unique. */
  public static SqlProblemException notUnique(
      UniqueDefinition unique, String table, Object[] values) {
    return notUnique("", unique, table, values);
  }

  private static SqlProblemException notUnique(
      String row, UniqueDefinition unique, String table, Object[] values) {
    return SqlProblem.of(
            ErrorCode.UNIQUE_VIOLATED,
            row
                + "table \""
                + table
                + "\" has a row with ("
                + String.join(", ", unique.columns())
                + ") = ("
                + Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(", "))
                + ") already, and constraint \""
                + unique.name()
                + "\" allows no second",
            "give another value, or change the row that has it.")
        .asException();
  }

  static SqlProblemException conflict(WriteTarget target, int attempts) {
    return SqlProblem.of(
            ErrorCode.WRITE_CONFLICT,
            "rows of table \""
                + target.definition().name()
                + "\" were written by others in the meantime, "
                + attempts
                + " times in a row",
            "run the statement again.")
        .asException();
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}

package io.quiver.planner.write;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.write.InvalidRowException;
import io.quiver.planner.KeyText;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.List;

/** What the engine refuses, in words of SQL. */
public final class WriteProblems {
  private static final String OTHER_VALUE = "give another value, or change the row that has it.";

  private WriteProblems() {}

  static SqlProblemException of(InvalidRowException invalid, WriteTarget target, SourceRow row) {
    int ordinal = target.definition().ordinal(invalid.column()).orElseThrow();
    String message = row.label(invalid.column()) + invalid.what();
    return switch (invalid.reason()) {
      case ABSENT_VALUE -> absent(target, ordinal, row);
      case WRONG_CLASS ->
          row.refused(
              ErrorCode.TYPES_DIFFER, message, "give a value of the column's type.", ordinal);
      case WRONG_DIMENSION ->
          row.refused(
              ErrorCode.VECTOR_DIMENSIONS_DIFFER,
              message,
              "embed with the model the column was made for.",
              ordinal);
      case NOT_FINITE ->
          row.refused(ErrorCode.VECTOR_NOT_FINITE, message, "give only finite numbers.", ordinal);
      case ZERO_VECTOR ->
          row.refused(
              ErrorCode.ZERO_VECTOR,
              message,
              "insert NULL where there is no vector, or index the column by another metric.",
              ordinal);
      case OUT_OF_RANGE ->
          row.refused(
              ErrorCode.VALUE_OUT_OF_RANGE, message, "give a value the column can hold.", ordinal);
    };
  }

  static SqlProblemException absent(WriteTarget target, int ordinal, SourceRow row) {
    String column = target.definition(ordinal).name();
    return row.refused(
        ErrorCode.NULL_NOT_ALLOWED,
        row.label()
            + " has no value for column \""
            + column
            + "\" of table \""
            + target.definition().name()
            + "\", which allows no null",
        "give a value for \"" + column + "\".",
        ordinal);
  }

  static SqlProblemException of(
      DuplicateKeyException duplicate, WriteTarget target, RowBuffer buffer) {
    for (UniqueEntries unique : target.uniques()) {
      if (unique.collectionName().equals(duplicate.collection())) {
        SourceRow row = buffer.rowOf(unique, duplicate.key());
        return new SqlProblem(
                ErrorCode.UNIQUE_VIOLATED,
                row == null ? null : row.place().at(unique.columns()),
                (row == null ? "" : row.label() + ": ")
                    + second(unique.unique(), target.definition().name(), duplicate.key()),
                OTHER_VALUE)
            .asException();
      }
    }
    return keyExists(target, duplicate.key(), buffer.source(duplicate.row()));
  }

  /** A row that is to be new has a key that is there. */
  static SqlProblemException keyExists(WriteTarget target, Object[] key, SourceRow row) {
    List<String> columns = target.definition().primaryKey();
    String names = String.join(", ", columns);
    return row.refused(
        ErrorCode.KEY_EXISTS,
        row.label()
            + ": table \""
            + target.definition().name()
            + "\" has a row with "
            + KeyText.of(columns, key)
            + " already",
        row.key() == null
            ? "write UPSERT INTO to replace it, or add ON CONFLICT (" + names + ") DO NOTHING."
            : "give it another key, or delete the row that has it.",
        columns.stream()
            .mapToInt(each -> target.definition().ordinal(each).orElseThrow())
            .toArray());
  }

  /** Two rows of a table have the same values in columns that must be unique. */
  public static SqlProblemException notUnique(
      UniqueDefinition unique, String table, Object[] values) {
    return SqlProblem.of(ErrorCode.UNIQUE_VIOLATED, second(unique, table, values), OTHER_VALUE)
        .asException();
  }

  private static String second(UniqueDefinition unique, String table, Object[] values) {
    return "table \""
        + table
        + "\" has a row with "
        + KeyText.of(unique.columns(), values)
        + " already, and constraint \""
        + unique.name()
        + "\" allows no second";
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
}

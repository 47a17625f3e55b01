package io.quiver.sql.validate;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** What Calcite's validator throws, told in our words. */
final class ValidationProblems {
  private static final Pattern NO_COLUMN =
      Pattern.compile(
          "Column '([^']*)' not found in (any table|table '([^']*)').*", Pattern.DOTALL);

  /** What Calcite says of an unknown column where an alias of the same SELECT may be used. */
  private static final Pattern NO_ALIAS =
      Pattern.compile("The definition of column '([^']*)' depends on itself.*", Pattern.DOTALL);

  private static final Pattern NO_OBJECT =
      Pattern.compile("(?:Object|Table) '([^']*)' not found.*", Pattern.DOTALL);
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '([^']*)' is ambiguous.*");
  private static final Pattern NO_FUNCTION =
      Pattern.compile("No match found for function signature (.*)", Pattern.DOTALL);

  private final CatalogSchema schema;
  private final String defaultSchema;
  private final @Nullable SqlNode query;

  /**
   * @param query what is refused, as far as it is known
   */
  ValidationProblems(CatalogSchema schema, String defaultSchema, @Nullable SqlNode query) {
    this.schema = schema;
    this.defaultSchema = defaultSchema;
    this.query = query;
  }

  SqlProblemException translate(CalciteException exception) {
    SqlPosition position = position(exception);
    String message = innermost(exception);
    Matcher noAlias = NO_ALIAS.matcher(message);
    if (noAlias.matches()) {
      String name = noAlias.group(1);
      return problem(
          ErrorCode.COLUMN_UNKNOWN,
          position,
          "no table here has a column \"" + name + "\"",
          suggestion(name, columns(null), "check the columns of the tables in FROM."),
          exception);
    }
    Matcher noColumn = NO_COLUMN.matcher(message);
    if (noColumn.matches()) {
      String name = noColumn.group(1);
      String where = noColumn.group(3) == null ? "no table here" : noColumn.group(2);
      return problem(
          ErrorCode.COLUMN_UNKNOWN,
          position,
          noColumn.group(3) == null
              ? "no table here has a column \"" + name + "\""
              : where.replace('\'', '"') + " has no column \"" + name + "\"",
          suggestion(name, columns(noColumn.group(3)), "check the columns of the tables in FROM."),
          exception);
    }
    Matcher noObject = NO_OBJECT.matcher(message);
    if (noObject.matches()) {
      String name = noObject.group(1);
      return problem(
          ErrorCode.TABLE_UNKNOWN,
          position,
          "no table or view is called \"" + name + "\"",
          suggestion(name, schema.tableNames(defaultSchema), "create it, or name its schema."),
          exception);
    }
    Matcher ambiguous = AMBIGUOUS.matcher(message);
    if (ambiguous.matches()) {
      return problem(
          ErrorCode.COLUMN_AMBIGUOUS,
          position,
          "several tables here have a column \"" + ambiguous.group(1) + "\"",
          "say which: write t." + ambiguous.group(1) + ".",
          exception);
    }
    if (message.equals("Illegal use of dynamic parameter")) {
      return problem(
          ErrorCode.QUERY_INVALID,
          position,
          "nothing here tells the type of this parameter",
          "say it: CAST(? AS INTEGER), or another type.",
          exception);
    }
    Matcher noFunction = NO_FUNCTION.matcher(message);
    if (noFunction.matches()) {
      return problem(
          ErrorCode.FUNCTION_UNKNOWN,
          position,
          "no function is " + noFunction.group(1).strip(),
          "check its name and the number and types of its arguments.",
          exception);
    }
    return problem(
        ErrorCode.QUERY_INVALID,
        position,
        firstLower(message),
        "change the marked part of the statement.",
        exception);
  }

  private static SqlProblemException problem(
      ErrorCode code,
      @Nullable SqlPosition position,
      String message,
      String remedy,
      Throwable cause) {
    return new SqlProblemException(new SqlProblem(code, position, message, remedy), cause);
  }

  /** Of the table that goes by a name in the query, or of all its tables. */
  private List<String> columns(@Nullable String alias) {
    return query == null
        ? schema.columnNames()
        : NamesInReach.columns(query, alias, schema, defaultSchema);
  }

  private static String suggestion(String name, Collection<String> candidates, String otherwise) {
    Optional<String> nearest =
        NearestName.of(name, candidates.stream().filter(each -> !each.equals(name)).toList());
    return nearest.map(n -> "did you mean \"" + n + "\"?").orElse(otherwise);
  }

  private static @Nullable SqlPosition position(CalciteException exception) {
    return exception instanceof CalciteContextException context && context.getPosLine() > 0
        ? new SqlPosition(
            context.getPosLine(),
            context.getPosColumn(),
            context.getEndPosLine(),
            context.getEndPosColumn())
        : null;
  }

  private static String innermost(Throwable exception) {
    Throwable last = exception;
    while (last.getCause() != null && last.getCause().getMessage() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }

  private static String firstLower(String text) {
    return text.length() > 1 && Character.isLowerCase(text.charAt(1))
        ? Character.toLowerCase(text.charAt(0)) + text.substring(1)
        : text;
  }
}

package io.quiver.sql.parser;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.util.NlsString;

/** Values of options and settings, as text. */
public final class OptionValues {
  private OptionValues() {}

  /** What a literal or a word says: without quotes, numbers as written, booleans in lower case. */
  public static String text(SqlNode value) {
    if (value instanceof SqlIdentifier name) {
      return String.join(".", name.names);
    }
    SqlLiteral literal = SqlLiteral.unchain(value);
    if (literal instanceof SqlNumericLiteral number) {
      return number.toValue();
    }
    return literal.getValue() instanceof NlsString string
        ? string.getValue()
        : String.valueOf(literal.getValue()).toLowerCase(Locale.ROOT);
  }

  /** The plan format of this name. */
  public static Explain.Format explainFormat(SqlIdentifier name) {
    return switch (name.toString().toLowerCase(Locale.ROOT)) {
      case "text" -> Explain.Format.TEXT;
      case "json" -> Explain.Format.JSON;
      default ->
          throw SqlProblem.at(
                  ErrorCode.SYNTAX_ERROR,
                  SqlPosition.of(name.getParserPosition()),
                  "a plan has no format " + name,
                  "write (FORMAT TEXT) or (FORMAT JSON).")
              .asException();
    };
  }
}

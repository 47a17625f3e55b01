package io.quiver.sql.validate;

import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.SearchArgument;
import io.quiver.sql.problem.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;

/** A literal given for an argument of a search, as what it means: {@code '200'} is a number. */
final class SearchOption {
  private SearchOption() {}

  static SqlNode checked(SearchArgument argument, SqlNode value) {
    if (!(value instanceof SqlLiteral literal) || literal.getValue() == null) {
      return value;
    }
    String word = String.valueOf(literal.toValue()).strip().toLowerCase(Locale.ROOT);
    return switch (argument) {
      case TOP_K, EF_SEARCH -> whole(argument.names().getFirst(), literal);
      case MAX_DISTANCE, MIN_SCORE -> number(argument, literal, word);
      case TARGET_RECALL -> share(argument, literal, word);
      case EXACT -> truth(literal, word);
      case METRIC -> metric(literal, word);
      case FILTER_MODE -> filterMode(literal, word);
      case DATA, COLUMN, QUERY, ORIGIN, OVER_SEARCH -> value;
    };
  }

  /** A whole number of at least 1, where a literal is given. */
  static SqlNode whole(String name, SqlNode value) {
    if (!(value instanceof SqlLiteral literal) || literal.getValue() == null) {
      return value;
    }
    String word = String.valueOf(literal.toValue()).strip();
    try {
      if (new BigDecimal(word).intValueExact() >= 1) {
        return literal instanceof SqlNumericLiteral
            ? literal
            : SqlLiteral.createExactNumeric(word, literal.getParserPosition());
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Said below.
    }
    throw SearchCallReader.problem(
        literal,
        ErrorCode.FUNCTION_ARGUMENT_INVALID,
        name + " is " + literal + ", not a whole number of at least 1",
        "give " + name + " a number such as 10.");
  }

  private static SqlNode number(SearchArgument argument, SqlLiteral literal, String word) {
    try {
      BigDecimal number = new BigDecimal(word);
      return literal instanceof SqlNumericLiteral
          ? literal
          : SqlLiteral.createApproxNumeric(
              number.unscaledValue() + "E" + -number.scale(), literal.getParserPosition());
    } catch (NumberFormatException e) {
      String name = argument.names().getFirst();
      throw SearchCallReader.problem(
          literal,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          name + " is " + literal + ", not a number",
          "give " + name + " a number such as 0.4.");
    }
  }

  private static SqlNode share(SearchArgument argument, SqlLiteral literal, String word) {
    SqlNode number = number(argument, literal, word);
    BigDecimal share = new BigDecimal(word);
    if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw SearchCallReader.problem(
          literal,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          argument.names().getFirst() + " is " + literal + ", not over 0 and at most 1",
          "give the share of the nearest to be found, such as 0.95.");
    }
    return number;
  }

  private static SqlNode truth(SqlLiteral literal, String word) {
    return switch (word) {
      case "true", "on" -> SqlLiteral.createBoolean(true, literal.getParserPosition());
      case "false", "off" -> SqlLiteral.createBoolean(false, literal.getParserPosition());
      default ->
          throw SearchCallReader.problem(
              literal,
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              "exact is " + word + ", neither true nor false",
              "write exact => true.");
    };
  }

  private static SqlNode metric(SqlLiteral literal, String word) {
    if (QuiverOperators.metric(word).isEmpty()) {
      throw SearchCallReader.problem(
          literal,
          ErrorCode.METRIC_UNKNOWN,
          "no metric is called " + word,
          "use 'cosine', 'l2', 'ip' or 'l1'.");
    }
    return literal;
  }

  private static SqlNode filterMode(SqlLiteral literal, String word) {
    if (!List.of("auto", "pre", "post").contains(word)) {
      throw SearchCallReader.problem(
          literal,
          ErrorCode.FUNCTION_ARGUMENT_INVALID,
          "no filter_mode is called " + word,
          "use 'auto', 'pre' or 'post'.");
    }
    return literal;
  }
}

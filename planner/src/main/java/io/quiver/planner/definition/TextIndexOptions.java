package io.quiver.planner.definition;

import io.quiver.engine.schema.IndexSpec;
import io.quiver.sql.parser.OptionClause;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.text.TextLanguage;
import io.quiver.sql.text.TextRecipe;
import java.util.List;
import java.util.Locale;

/**
 * What stands in WITH after a BM25 index.
 *
 * @param recipe how a text becomes terms
 * @param k1 saturation of term frequency, 0 to 10
 * @param b strength of length normalisation, 0 to 1
 */
record TextIndexOptions(TextRecipe recipe, double k1, double b) {
  private static final List<String> NAMES = List.of("language", "stop_words", "k1", "b");

  static TextIndexOptions of(List<OptionClause> options) {
    TextLanguage language = TextRecipe.DEFAULT.language();
    boolean stopWords = TextRecipe.DEFAULT.stopWords();
    double k1 = 1.2;
    double b = 0.75;
    for (OptionClause option : options) {
      switch (option.name().toString().toLowerCase(Locale.ROOT)) {
        case "language" -> language = language(option);
        case "stop_words" -> stopWords = TableOptions.truth(option);
        case "k1" -> k1 = number(option, 10);
        case "b" -> b = number(option, 1);
        default -> throw TableOptions.unknown(option, NAMES);
      }
    }
    return new TextIndexOptions(new TextRecipe(language, stopWords), k1, b);
  }

  IndexSpec spec(String index, String column) {
    return new IndexSpec.Bm25(index, column, k1, b);
  }

  private static TextLanguage language(OptionClause option) {
    return TextLanguage.of(option.value())
        .orElseThrow(
            () ->
                DefinitionProblem.at(
                    ErrorCode.OPTION_INVALID,
                    option.valuePosition(),
                    "No language " + option.value(),
                    TextLanguage.nearest(option.value())
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("There are " + String.join(", ", TextLanguage.names()) + ".")));
  }

  private static double number(OptionClause option, double high) {
    try {
      double value = Double.parseDouble(option.value());
      if (value >= 0 && value <= high) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with a number that is out of range.
    }
    throw DefinitionProblem.at(
        ErrorCode.OPTION_INVALID,
        option.valuePosition(),
        option.name() + " is " + option.value() + ", not a number from 0 to " + Math.round(high),
        "Give a number from 0 to " + Math.round(high) + ".");
  }
}

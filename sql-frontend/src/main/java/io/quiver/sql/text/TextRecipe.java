package io.quiver.sql.text;

import java.util.Optional;

/**
 * How a text becomes terms. An index and the queries over it must use the same.
 *
 * @param language whose stems are taken
 * @param stopWords whether the language's commonest words are left out
 */
public record TextRecipe(TextLanguage language, boolean stopWords) {
  /** What an index has where nothing is said. */
  public static final TextRecipe DEFAULT = new TextRecipe(TextLanguage.ENGLISH, true);

  private static final String WITHOUT = "-stop";

  /** As the catalog keeps it, such as {@code english} or {@code german-stop}. */
  public String label() {
    return language.label() + (stopWords ? WITHOUT : "");
  }

  /** The recipe whose {@link #label} this is. */
  public static Optional<TextRecipe> of(String label) {
    boolean stopWords = label.endsWith(WITHOUT);
    String name = stopWords ? label.substring(0, label.length() - WITHOUT.length()) : label;
    return TextLanguage.of(name).map(language -> new TextRecipe(language, stopWords));
  }
}

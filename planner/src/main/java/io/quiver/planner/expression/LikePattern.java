package io.quiver.planner.expression;

import io.quiver.engine.filter.LetterCase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern: {@code %} for any run of characters, {@code _} for one.
 *
 * <p>Matches in time proportional to text times pattern, whatever the pattern: the last {@code %}
 * is the only place ever gone back to.
 */
public final class LikePattern {
  private static final int ANY_RUN = -1;
  private static final int ANY_ONE = -2;

  private final int[] symbols;
  private final boolean ignoreCase;

  private LikePattern(int[] symbols, boolean ignoreCase) {
    this.symbols = symbols;
    this.ignoreCase = ignoreCase;
  }

  /**
   * Reads a pattern.
   *
   * @param escape one character that makes the next one literal; null or empty for a backslash's
   *     absence
   */
  public static LikePattern of(String pattern, @Nullable String escape, boolean ignoreCase) {
    int escaping = escape == null || escape.isEmpty() ? -3 : escape.codePointAt(0);
    int[] points = pattern.codePoints().toArray();
    int[] symbols = new int[points.length];
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (point == escaping && i + 1 < points.length) {
        symbols[count++] = fold(points[++i], ignoreCase);
      } else {
        symbols[count++] =
            point == '%' ? ANY_RUN : point == '_' ? ANY_ONE : fold(point, ignoreCase);
      }
    }
    return new LikePattern(Arrays.copyOf(symbols, count), ignoreCase);
  }

  private static int fold(int character, boolean ignoreCase) {
    return ignoreCase ? LetterCase.fold(character) : character;
  }

  /** Whether the whole text matches. */
  public boolean matches(String value) {
    int[] text = value.codePoints().map(point -> fold(point, ignoreCase)).toArray();
    int at = 0;
    int symbol = 0;
    int runSymbol = -1;
    int runAt = 0;
    while (at < text.length) {
      if (symbol < symbols.length && symbols[symbol] == ANY_RUN) {
        runSymbol = symbol++;
        runAt = at;
      } else if (symbol < symbols.length
          && (symbols[symbol] == ANY_ONE || symbols[symbol] == text[at])) {
        symbol++;
        at++;
      } else if (runSymbol >= 0) {
        symbol = runSymbol + 1;
        at = ++runAt;
      } else {
        return false;
      }
    }
    while (symbol < symbols.length && symbols[symbol] == ANY_RUN) {
      symbol++;
    }
    return symbol == symbols.length;
  }
}

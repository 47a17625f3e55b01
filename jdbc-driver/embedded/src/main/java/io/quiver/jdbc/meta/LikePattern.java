package io.quiver.jdbc.meta;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern of JDBC's metadata: {@code %}, {@code _}, and a backslash before either. */
final class LikePattern {
  private final @Nullable Pattern pattern;

  /**
   * @param text null for anything
   */
  LikePattern(@Nullable String text) {
    this.pattern = text == null || text.equals("%") ? null : Pattern.compile(regex(text));
  }

  boolean matches(String name) {
    return pattern == null || pattern.matcher(name).matches();
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder("(?s)");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        regex.append(Pattern.quote(text.substring(++i, i + 1)));
      } else {
        regex.append(
            switch (c) {
              case '%' -> ".*";
              case '_' -> ".";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    return regex.toString();
  }
}

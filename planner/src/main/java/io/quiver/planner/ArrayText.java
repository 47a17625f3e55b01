package io.quiver.planner;

import java.util.ArrayList;
import java.util.List;

/** An array as text: {@code {a,"b c"}} as PostgreSQL writes it, or {@code ["a","b c"]}. */
final class ArrayText {
  private ArrayText() {}

  static List<String> read(String text) {
    String trimmed = text.strip();
    boolean braces = trimmed.startsWith("{") && trimmed.endsWith("}");
    boolean brackets = trimmed.startsWith("[") && trimmed.endsWith("]");
    if (!braces && !brackets || trimmed.length() < 2) {
      throw new IllegalArgumentException("Not an array: " + text);
    }
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    String inner = trimmed.substring(1, trimmed.length() - 1);
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '\\' && quoted && i + 1 < inner.length()) {
        element.append(inner.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        wasQuoted = true;
      } else if (c == ',' && !quoted) {
        elements.add(wasQuoted ? element.toString() : element.toString().strip());
        element.setLength(0);
        wasQuoted = false;
      } else if (quoted || !Character.isWhitespace(c) || element.length() > 0) {
        element.append(c);
      }
    }
    if (wasQuoted || !element.toString().isBlank() || !elements.isEmpty()) {
      elements.add(wasQuoted ? element.toString() : element.toString().strip());
    }
    return elements;
  }
}

package io.quiver.planner;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which row a message is about, by the values of its key or of a constraint. */
public final class KeyText {
  private KeyText() {}

  /** As {@code (a, b) = (1, 2)}. */
  public static String of(List<String> columns, Object[] values) {
    return "(" + String.join(", ", columns) + ") = (" + of(values) + ")";
  }

  /** As {@code 1, 2}. */
  public static String of(Object[] values) {
    return Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(", "));
  }
}

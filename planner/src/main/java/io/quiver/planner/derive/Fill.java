package io.quiver.planner.derive;

import io.quiver.engine.schema.ScalarKind;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What rows older than a column have in it: one value, as a recipe without a source.
 *
 * <p>Its text is {@code fill:KIND:value}, the value in the engine's class.
 */
public final class Fill {
  private static final String PREFIX = "fill:";

  private Fill() {}

  /** The recipe of a value of the engine. */
  public static String recipe(ScalarKind kind, Object value) {
    String text =
        switch (value) {
          case byte[] bytes -> HexFormat.of().formatHex(bytes);
          case BigDecimal decimal -> decimal.toString();
          default -> value.toString();
        };
    return PREFIX + kind + ":" + text;
  }

  static boolean isOne(String recipe) {
    return recipe.startsWith(PREFIX);
  }

  /** The value of a recipe. */
  public static Object value(String recipe) {
    int colon = recipe.indexOf(':', PREFIX.length());
    String text = recipe.substring(colon + 1);
    return switch (ScalarKind.valueOf(recipe.substring(PREFIX.length(), colon))) {
      case BOOLEAN -> Boolean.valueOf(text);
      case INT32 -> Integer.valueOf(text);
      case INT64 -> Long.valueOf(text);
      case FLOAT32 -> Float.valueOf(text);
      case FLOAT64 -> Double.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case STRING -> text;
      case UUID -> UUID.fromString(text);
      case BINARY -> HexFormat.of().parseHex(text);
    };
  }
}

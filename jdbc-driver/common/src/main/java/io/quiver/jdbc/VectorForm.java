package io.quiver.jdbc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * How vectors are written where an object cannot go: as text, and as base64 on the wire.
 *
 * <ul>
 *   <li>text: {@code [1.0,-0.5]}; several: {@code [[1.0,-0.5],[0.0,2.0]]}
 *   <li>base64: {@code f32:} and the base64 of little-endian float32; several: {@code f32x2:} and
 *       the same of all their components, 2 being the dimension. Four bytes become 5.3 characters
 *       and no number is parsed.
 * </ul>
 */
public final class VectorForm {
  private static final String BASE64 = "f32:";
  private static final String BASE64_ROWS = "f32x";

  private VectorForm() {}

  /** As {@code [1.0,-0.5]}. */
  public static String text(float[] vector) {
    return append(new StringBuilder(vector.length * 11 + 2), vector).toString();
  }

  /** As {@code [[1.0,-0.5],[0.0,2.0]]}. */
  public static String text(float[][] vectors) {
    StringBuilder text = new StringBuilder().append('[');
    for (int i = 0; i < vectors.length; i++) {
      append(i == 0 ? text : text.append(','), vectors[i]);
    }
    return text.append(']').toString();
  }

  private static StringBuilder append(StringBuilder text, float[] vector) {
    text.append('[');
    for (int i = 0; i < vector.length; i++) {
      (i == 0 ? text : text.append(',')).append(vector[i]);
    }
    return text.append(']');
  }

  /** As {@code f32:} and base64. */
  public static String base64(float[] vector) {
    return BASE64 + Base64.getEncoder().encodeToString(bytes(vector));
  }

  /** As {@code f32xN:} and base64; all have N components. */
  public static String base64(float[][] vectors) {
    int dimension = vectors.length == 0 ? 0 : vectors[0].length;
    ByteBuffer bytes =
        ByteBuffer.allocate(vectors.length * dimension * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      for (float component : vector) {
        bytes.putFloat(component);
      }
    }
    return BASE64_ROWS + dimension + ":" + Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Whether {@link #vectorOf} or {@link #vectorsOf} reads it faster than text. */
  public static boolean isBase64(String text) {
    return text.startsWith(BASE64) || text.startsWith(BASE64_ROWS);
  }

  /** Little-endian float32. */
  public static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  /** The vector of little-endian float32 bytes. */
  public static float[] vectorOf(byte[] bytes) throws SQLException {
    if (bytes.length % Float.BYTES != 0) {
      throw SqlErrors.invalidValue(
          "Invalid vector: "
              + bytes.length
              + " bytes are not a whole number of little-endian 4-byte floats");
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  /** The vector that a text of either form is. */
  public static float[] vectorOf(String text) throws SQLException {
    return text.startsWith(BASE64)
        ? vectorOf(decode(text, BASE64.length()))
        : components(text, 0, text.length());
  }

  /** The vectors that a text of either form is. */
  public static float[][] vectorsOf(String text) throws SQLException {
    if (text.startsWith(BASE64_ROWS)) {
      return rows(text);
    }
    String trimmed = text.trim();
    if (!trimmed.startsWith("[") || !trimmed.endsWith("]")) {
      throw invalid(text);
    }
    List<float[]> vectors = new ArrayList<>();
    int end = trimmed.length() - 1;
    int at = 1;
    while (true) {
      int open = trimmed.indexOf('[', at);
      if (open < 0 || open >= end) {
        break;
      }
      int close = trimmed.indexOf(']', open);
      vectors.add(components(trimmed, open, close + 1));
      at = close + 1;
    }
    return vectors.toArray(float[][]::new);
  }

  private static float[][] rows(String text) throws SQLException {
    int colon = text.indexOf(':');
    try {
      int dimension = Integer.parseInt(text.substring(BASE64_ROWS.length(), colon));
      float[] all = vectorOf(decode(text, colon + 1));
      if (dimension == 0 ? all.length > 0 : all.length % dimension != 0) {
        throw invalid(text);
      }
      float[][] vectors = new float[dimension == 0 ? 0 : all.length / dimension][dimension];
      for (int i = 0; i < vectors.length; i++) {
        System.arraycopy(all, i * dimension, vectors[i], 0, dimension);
      }
      return vectors;
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw invalid(text);
    }
  }

  private static byte[] decode(String text, int from) throws SQLException {
    try {
      return Base64.getDecoder().decode(text.substring(from));
    } catch (IllegalArgumentException e) {
      throw SqlErrors.invalidValue("Invalid vector: " + shortened(text) + " is not base64");
    }
  }

  private static float[] components(String text, int from, int to) throws SQLException {
    String inner = text.substring(from, to).trim();
    if (!inner.startsWith("[") || !inner.endsWith("]")) {
      throw invalid(text);
    }
    String list = inner.substring(1, inner.length() - 1);
    if (list.isBlank()) {
      return new float[0];
    }
    String[] parts = list.split(",", -1);
    float[] vector = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        vector[i] = Float.parseFloat(parts[i].trim());
      } catch (NumberFormatException e) {
        throw SqlErrors.invalidValue(
            "Invalid vector: component " + (i + 1) + " is '" + parts[i].trim() + "', not a number");
      }
    }
    return vector;
  }

  private static SQLException invalid(String text) {
    return SqlErrors.invalidValue(
        "Invalid vector: " + shortened(text) + "; write [1.0,2.0], or [[1.0,2.0]] for several");
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? "'" + text + "'" : "'" + text.substring(0, 40) + "…'";
  }
}

package io.quiver.sql.type;

import io.quiver.sql.type.MalformedVectorException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/**
 * A dense vector as text or bytes.
 *
 * <p>Text is {@code [1,2,3]}, or {@code f32:} and the base64 of the components as little-endian
 * single-precision floats, which are also its bytes.
 */
public final class DenseVectorText {
  /** What the base64 form begins with. */
  public static final String BASE64_PREFIX = "f32:";

  private DenseVectorText() {}

  /** Reads either text form. */
  public static float[] read(String text) {
    if (text.startsWith(BASE64_PREFIX)) {
      return readBase64(text);
    }
    VectorTextReader reader = new VectorTextReader(text);
    float[] vector = read(reader);
    reader.expectEnd();
    return vector;
  }

  static float[] read(VectorTextReader reader) {
    reader.expect('[');
    float[] components = new float[64];
    int size = 0;
    if (reader.accept(']')) {
      return new float[0];
    }
    do {
      if (size == components.length) {
        components = Arrays.copyOf(components, size * 2);
      }
      components[size++] = reader.number();
    } while (reader.accept(','));
    reader.expect(']');
    return Arrays.copyOf(components, size);
  }

  private static float[] readBase64(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.substring(BASE64_PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new MalformedVectorException(
          Reason.SYNTAX,
          BASE64_PREFIX.length() + 1,
          "Invalid vector: what follows \"" + BASE64_PREFIX + "\" is not base64");
    }
    return read(bytes);
  }

  /** Reads little-endian floats. */
  public static float[] read(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new MalformedVectorException(
          Reason.SYNTAX,
          0,
          "Invalid vector: "
              + bytes.length
              + " bytes are not a whole number of 4-byte little-endian floats");
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  /** Writes {@code [1.0,2.0]}. */
  public static String write(float[] vector) {
    StringBuilder text = new StringBuilder(vector.length * 10 + 2);
    write(vector, text);
    return text.toString();
  }

  static void write(float[] vector, StringBuilder text) {
    text.append('[');
    for (int i = 0; i < vector.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(vector[i]);
    }
    text.append(']');
  }
}

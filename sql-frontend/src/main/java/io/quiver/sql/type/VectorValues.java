package io.quiver.sql.type;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.sql.type.MalformedVectorException.Reason;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.ByteString;

/**
 * Reads vectors given in any form: arrays of numbers, lists, text, bytes.
 *
 * <p>What comes out is finite throughout and of the dimension asked for; {@link
 * MalformedVectorException} says why something does not.
 */
public final class VectorValues {
  private static final int INFINITE_BITS = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private VectorValues() {}

  /**
   * A dense vector.
   *
   * @param dimension the number of components there must be; 0 for any but none
   */
  public static float[] dense(Object value, int dimension) {
    float[] vector =
        switch (value) {
          case float[] floats -> floats;
          case String text -> DenseVectorText.read(text);
          case byte[] bytes -> DenseVectorText.read(bytes);
          case ByteString bytes -> DenseVectorText.read(bytes.getBytes());
          case List<?> list -> components(list.toArray());
          default -> components(value);
        };
    checkFinite(vector);
    checkDimension(vector.length, dimension);
    return vector;
  }

  /** Looks at all components at once, which compiles to vector instructions, before at each. */
  private static void checkFinite(float[] vector) {
    int largest = 0;
    for (float component : vector) {
      largest = Math.max(largest, Float.floatToRawIntBits(component) & Integer.MAX_VALUE);
    }
    if (largest < INFINITE_BITS) {
      return;
    }
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new MalformedVectorException(
            Reason.NOT_FINITE,
            0,
            "Invalid vector: component " + (i + 1) + " is " + vector[i] + ", not a finite number");
      }
    }
  }

  private static float[] components(Object array) {
    if (!array.getClass().isArray()) {
      throw wrongClass(array, "a vector");
    }
    float[] vector = new float[Array.getLength(array)];
    for (int i = 0; i < vector.length; i++) {
      if (!(Array.get(array, i) instanceof Number number)) {
        throw new MalformedVectorException(
            Reason.WRONG_CLASS,
            0,
            "Invalid vector: component "
                + (i + 1)
                + " is "
                + Array.get(array, i)
                + ", not a number");
      }
      vector[i] = number.floatValue();
    }
    return vector;
  }

  /**
   * A multivector.
   *
   * @param dimension the number of components each row must have; 0 for any, the same in all
   */
  public static float[][] multi(Object value, int dimension) {
    float[][] rows =
        switch (value) {
          case float[][] floats -> floats;
          case String text -> MultiVectorText.read(text);
          case List<?> list -> rows(list.toArray());
          case Object[] array -> rows(array);
          default -> throw wrongClass(value, "a multivector");
        };
    int expected = dimension == 0 && rows.length > 0 ? rows[0].length : dimension;
    for (float[] row : rows) {
      dense(row, expected);
    }
    return rows;
  }

  private static float[][] rows(Object[] values) {
    float[][] rows = new float[values.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = dense(values[i], 0);
    }
    return rows;
  }

  /**
   * A sparse vector.
   *
   * @param dimension one more than the largest index there may be; 0 for any
   */
  public static SparseVectorValue sparse(Object value, int dimension) {
    SparseVectorValue vector =
        switch (value) {
          case SparseVectorValue sparse -> sparse;
          case String text -> SparseVectorText.read(text);
          case Map<?, ?> map -> SparseVectorText.of(map);
          default -> throw wrongClass(value, "a sparse vector");
        };
    if (dimension > 0 && vector.size() > 0 && vector.indices()[vector.size() - 1] >= dimension) {
      throw new MalformedVectorException(
          Reason.DIMENSIONS,
          0,
          "Invalid sparse vector: index "
              + (vector.indices()[vector.size() - 1] + 1L)
              + " (counted from 1) is beyond dimension "
              + dimension);
    }
    return vector;
  }

  private static void checkDimension(int given, int expected) {
    if (given == 0) {
      throw new MalformedVectorException(
          Reason.DIMENSIONS, 0, "Invalid vector: it has no components");
    }
    if (expected > 0 && given != expected) {
      throw new MalformedVectorException(
          Reason.DIMENSIONS, 0, "Expected " + expected + " dimensions, found " + given);
    }
  }

  private static MalformedVectorException wrongClass(Object value, String wanted) {
    return new MalformedVectorException(
        Reason.WRONG_CLASS,
        0,
        "Cannot read " + wanted + " from a " + value.getClass().getSimpleName());
  }
}

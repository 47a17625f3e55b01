package io.quiver.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of a SPARSEVEC column: ascending indices counted from 0, and a weight for each.
 *
 * <p>The arrays are kept, not copied.
 */
public record SparseVector(int[] indices, float[] values) {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\{\\s*\"indices\"\\s*:\\s*\\[([^\\]]*)],\\s*\"values\"\\s*:\\s*\\[([^\\]]*)]\\s*}");

  public SparseVector {
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "Invalid sparse vector: " + indices.length + " indices, " + values.length + " values");
    }
  }

  /** Of a map from index to weight; weights of 0 are left out. */
  public static SparseVector of(Map<?, ?> weights) throws SQLException {
    TreeMap<Integer, Float> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : weights.entrySet()) {
      if (!(entry.getKey() instanceof Number index)
          || !(entry.getValue() instanceof Number weight)) {
        throw SqlErrors.invalidValue(
            "Invalid sparse vector: the map holds "
                + entry
                + "; it needs a number as index and a number as weight");
      }
      if (index.longValue() < 0 || index.longValue() > Integer.MAX_VALUE) {
        throw SqlErrors.invalidValue(
            "Invalid sparse vector: index " + index + " is not between 0 and 2147483647");
      }
      if (weight.floatValue() != 0) {
        sorted.put(index.intValue(), weight.floatValue());
      }
    }
    int[] indices = new int[sorted.size()];
    float[] values = new float[sorted.size()];
    int at = 0;
    for (Map.Entry<Integer, Float> entry : sorted.entrySet()) {
      indices[at] = entry.getKey();
      values[at++] = entry.getValue();
    }
    return new SparseVector(indices, values);
  }

  /** Reads the form that {@link #toString} writes. */
  public static SparseVector parse(String text) throws SQLException {
    Matcher parts = TEXT.matcher(text.trim());
    if (!parts.matches()) {
      throw SqlErrors.invalidValue(
          "Invalid sparse vector: '" + text + "'; write {\"indices\":[0,6],\"values\":[0.5,1.2]}");
    }
    String list = parts.group(1).trim();
    String[] written = list.isEmpty() ? new String[0] : list.split(",", -1);
    int[] indices = new int[written.length];
    for (int i = 0; i < indices.length; i++) {
      try {
        indices[i] = Integer.parseInt(written[i].trim());
      } catch (NumberFormatException e) {
        throw SqlErrors.invalidValue(
            "Invalid sparse vector: index '" + written[i].trim() + "' is not a whole number");
      }
    }
    float[] values = VectorForm.vectorOf("[" + parts.group(2) + "]");
    if (indices.length != values.length) {
      throw SqlErrors.invalidValue(
          "Invalid sparse vector: " + indices.length + " indices, " + values.length + " values");
    }
    return new SparseVector(indices, values);
  }

  /** Index to weight, in the order of indices. */
  public Map<Integer, Float> toMap() {
    Map<Integer, Float> map = new LinkedHashMap<>();
    for (int i = 0; i < indices.length; i++) {
      map.put(indices[i], values[i]);
    }
    return map;
  }

  /** As {@code {"indices":[0,6],"values":[0.5,1.2]}}, indices counted from 0. */
  @Override
  public String toString() {
    return "{\"indices\":"
        + Arrays.toString(indices).replace(" ", "")
        + ",\"values\":"
        + VectorForm.text(values)
        + "}";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SparseVector that
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
  }
}

package io.quiver.sql.type;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.sql.type.MalformedVectorException.Reason;
import java.util.Arrays;
import java.util.Map;

/**
 * A sparse vector as text, in one of two forms that <b>count indices differently</b>.
 *
 * <ul>
 *   <li>{@code {1:0.5,7:1.2}/30522}, as pgvector writes it: indices from <b>1</b>; the dimension
 *       after the slash may be left out.
 *   <li>{@code {"indices":[0,6],"values":[0.5,1.2]}}, as JSON interfaces write it: indices from
 *       <b>0</b>.
 * </ul>
 *
 * <p>Both examples are the same vector. Indices may come in any order; weights of zero are dropped;
 * an index given twice is an error.
 */
public final class SparseVectorText {
  private SparseVectorText() {}

  /** Reads either form. */
  public static SparseVectorValue read(String text) {
    VectorTextReader reader = new VectorTextReader(text);
    reader.expect('{');
    SparseVectorValue vector = reader.peek() == '"' ? readJson(reader) : readPairs(reader);
    reader.expectEnd();
    return vector;
  }

  private static SparseVectorValue readPairs(VectorTextReader reader) {
    int[] indices = new int[16];
    float[] weights = new float[16];
    int size = 0;
    if (!reader.accept('}')) {
      do {
        if (size == indices.length) {
          indices = Arrays.copyOf(indices, size * 2);
          weights = Arrays.copyOf(weights, size * 2);
        }
        int index = reader.index();
        if (index == 0) {
          throw reader.syntax("index 0 in a form that counts from 1, before");
        }
        indices[size] = index - 1;
        reader.expect(':');
        weights[size++] = reader.number();
      } while (reader.accept(','));
      reader.expect('}');
    }
    int dimension = reader.accept('/') ? reader.index() : Integer.MAX_VALUE;
    SparseVectorValue vector = of(Arrays.copyOf(indices, size), Arrays.copyOf(weights, size));
    int last = vector.size() == 0 ? -1 : vector.indices()[vector.size() - 1];
    if (last >= dimension) {
      throw new MalformedVectorException(
          Reason.DIMENSIONS,
          0,
          "Invalid sparse vector: index " + (last + 1) + " is beyond its dimension " + dimension);
    }
    return vector;
  }

  private static SparseVectorValue readJson(VectorTextReader reader) {
    int[] indices = null;
    float[] weights = null;
    do {
      String name = reader.word();
      reader.expect(':');
      switch (name) {
        case "indices" -> indices = readIndices(reader);
        case "values" -> weights = DenseVectorText.read(reader);
        default -> throw reader.syntax("unknown member \"" + name + "\"");
      }
    } while (reader.accept(','));
    if (indices == null || weights == null) {
      throw reader.syntax("both \"indices\" and \"values\" are needed");
    }
    reader.expect('}');
    return of(indices, weights);
  }

  private static int[] readIndices(VectorTextReader reader) {
    int[] indices = new int[16];
    int size = 0;
    reader.expect('[');
    if (!reader.accept(']')) {
      do {
        if (size == indices.length) {
          indices = Arrays.copyOf(indices, size * 2);
        }
        indices[size++] = reader.index();
      } while (reader.accept(','));
      reader.expect(']');
    }
    return Arrays.copyOf(indices, size);
  }

  /**
   * Makes a vector of pairs in any order.
   *
   * @param indices from 0
   */
  public static SparseVectorValue of(int[] indices, float[] weights) {
    if (indices.length != weights.length) {
      throw new MalformedVectorException(
          Reason.SYNTAX,
          0,
          "Invalid sparse vector: "
              + indices.length
              + " indices and "
              + weights.length
              + " values");
    }
    Integer[] order = new Integer[indices.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Integer.compare(indices[a], indices[b]));
    int[] sorted = new int[indices.length];
    float[] kept = new float[indices.length];
    int size = 0;
    int previous = -1;
    for (int i : order) {
      if (indices[i] == previous) {
        throw new MalformedVectorException(
            Reason.SYNTAX,
            0,
            "Invalid sparse vector: index " + previous + " (counted from 0) is given twice");
      }
      if (indices[i] < 0) {
        throw new MalformedVectorException(
            Reason.SYNTAX, 0, "Invalid sparse vector: index " + indices[i] + " is negative");
      }
      if (!Float.isFinite(weights[i])) {
        throw new MalformedVectorException(
            Reason.NOT_FINITE,
            0,
            "Invalid sparse vector: the weight of index "
                + indices[i]
                + " (counted from 0) is "
                + weights[i]);
      }
      previous = indices[i];
      if (weights[i] != 0) {
        sorted[size] = indices[i];
        kept[size++] = weights[i];
      }
    }
    return new SparseVectorValue(Arrays.copyOf(sorted, size), Arrays.copyOf(kept, size));
  }

  /** Makes a vector of a map from index, counted from 0, to weight. */
  public static SparseVectorValue of(Map<?, ?> map) {
    int[] indices = new int[map.size()];
    float[] weights = new float[map.size()];
    int size = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof Number index)
          || !(entry.getValue() instanceof Number weight)) {
        throw new MalformedVectorException(
            Reason.WRONG_CLASS, 0, "Invalid sparse vector: its map is not from number to number");
      }
      indices[size] = index.intValue();
      weights[size++] = weight.floatValue();
    }
    return of(indices, weights);
  }

  /** Writes {@code {1:0.5,7:1.2}/30522}, or without the dimension where it is 0. */
  public static String write(SparseVectorValue vector, int dimension) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < vector.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(vector.indices()[i] + 1L).append(':').append(vector.weights()[i]);
    }
    text.append('}');
    return dimension == 0 ? text.toString() : text.append('/').append(dimension).toString();
  }
}

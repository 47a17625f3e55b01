package io.quiver.engine.index.sparse;

import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SparseVectorValue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Random sparse vectors with frequent and rare terms, and random sets of rows. */
final class RandomRows {
  /** What weights look like. */
  enum Weights {
    /** Any positive float; no two scores alike. */
    POSITIVE,
    /** Small whole numbers: many ties, and counts for BM25. */
    COUNTS,
    /** Either sign, so that sums cancel. */
    SIGNED,
    /** From 1e-38 to 1e38, so that products leave single precision. */
    EXTREME
  }

  final SplittableRandom random;
  private final Weights weights;
  private final int terms;

  RandomRows(long seed, Weights weights, int terms) {
    this.random = new SplittableRandom(seed);
    this.weights = weights;
    this.terms = terms;
  }

  /** As many vectors as asked for, some of them empty. */
  ListedRows rows(int count, int maxSize) {
    SparseVectorValue[] rows = new SparseVectorValue[count];
    for (int i = 0; i < count; i++) {
      rows[i] = vector(random.nextInt(12) == 0 ? 0 : random.nextInt(maxSize + 1));
    }
    return new ListedRows(rows);
  }

  /** One vector. */
  SparseVectorValue vector(int size) {
    TreeMap<Integer, Float> entries = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      // A power of a uniform number: the first terms are in most rows, the last in few.
      int term = (int) (terms * Math.pow(random.nextDouble(), 3));
      entries.put(7 * term, weight());
    }
    int[] indices = entries.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] values = new float[indices.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = entries.getOrDefault(indices[i], 0f);
    }
    return new SparseVectorValue(indices, values);
  }

  private float weight() {
    return switch (weights) {
      case POSITIVE -> (float) -Math.log(1 - random.nextDouble()) + 1e-6f;
      case COUNTS -> 1 + random.nextInt(3);
      case SIGNED -> random.nextInt(1, 5) * (random.nextBoolean() ? 0.5f : -0.5f);
      case EXTREME -> (float) Math.pow(10, random.nextDouble(-37, 38));
    };
  }

  /** Each row with a probability. */
  RowBitmap filter(int rows, double share) {
    RowBitmap filter = new RowBitmap(rows);
    for (int i = 0; i < rows; i++) {
      if (random.nextDouble() < share) {
        filter.add(i);
      }
    }
    return filter;
  }
}

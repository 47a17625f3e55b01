package io.quiver.engine.index.multivector;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Multivectors as single vectors whose dot product estimates their MaxSim: MUVERA's fixed
 * dimensional encoding (Dhulipala and others, NeurIPS 2024, arXiv 2405.19504).
 *
 * <p>Random planes cut the space into {@code 2^bits} parts. A query's block for a part is the sum
 * of its tokens there; a document's is the mean of its tokens there or, where it has none, the
 * token whose part differs in the fewest bits. Near tokens share a part, so the dot product of two
 * blocks stands for the query tokens' largest products. Blocks are shortened by a random
 * projection, and all is repeated with other planes.
 *
 * <p>It depends on dimension and seed alone, never on the data, so rows can come one by one and
 * segments merge. Immutable, safe for many threads.
 */
final class FixedDimensionalEncoding {
  private final MuveraShape shape;
  private final int dimension;
  private final int repetitions;
  private final int bits;
  private final int shortened;

  /** Row {@code d}: component {@code d} of every plane, then of every direction projected on. */
  private final float[] directions;

  FixedDimensionalEncoding(MuveraShape shape) {
    this.shape = shape;
    this.dimension = shape.tokenDimension();
    this.repetitions = shape.repetitions();
    this.bits = shape.planes();
    this.shortened = shape.block();
    this.directions = new float[dimension * width()];
    SplittableRandom random = new SplittableRandom(shape.seed());
    float length = (float) (1 / Math.sqrt(shortened));
    for (int at = 0; at < directions.length; at++) {
      directions[at] =
          at % width() < repetitions * bits
              ? (float) random.nextGaussian()
              : random.nextBoolean() ? length : -length;
    }
  }

  /** Components of an encoding. */
  int size() {
    return shape.size();
  }

  private int width() {
    return repetitions * (bits + shortened);
  }

  /** Encodes one multivector after the other, in memory that is used again. For one thread. */
  final class Encoder {
    private final float[] products = new float[width()];
    private float[] kept = {};
    private int[] parts = {};
    private final int[] counts = new int[1 << bits];

    /**
     * Encodes a query.
     *
     * @param tokens token after token, each of length 1 or all zeros
     * @param out as many components as the shape has
     */
    void query(float[] tokens, int count, float[] out) {
      read(tokens, count);
      for (int repetition = 0; repetition < repetitions; repetition++) {
        Arrays.fill(out, block(repetition, 0), block(repetition + 1, 0), 0);
        for (int token = 0; token < count; token++) {
          add(repetition, token, parts[token * repetitions + repetition], out);
        }
      }
    }

    /**
     * Encodes a document.
     *
     * @param tokens token after token, each of length 1 or all zeros
     * @param count at least 1
     * @param out as many components as the shape has
     */
    void document(float[] tokens, int count, float[] out) {
      read(tokens, count);
      for (int repetition = 0; repetition < repetitions; repetition++) {
        Arrays.fill(out, block(repetition, 0), block(repetition + 1, 0), 0);
        Arrays.fill(counts, 0);
        for (int token = 0; token < count; token++) {
          int part = parts[token * repetitions + repetition];
          counts[part]++;
          add(repetition, token, part, out);
        }
        for (int part = 0; part < counts.length; part++) {
          if (counts[part] == 0) {
            add(repetition, nearest(repetition, part, count), part, out);
          } else if (counts[part] > 1) {
            divide(out, block(repetition, part), counts[part]);
          }
        }
      }
    }

    /** Products of every token with every direction: the parts it lies in and its projections. */
    private void read(float[] tokens, int count) {
      int projected = repetitions * shortened;
      if (parts.length < count * repetitions) {
        parts = new int[count * repetitions];
        kept = new float[count * projected];
      }
      for (int token = 0; token < count; token++) {
        multiply(tokens, token * dimension);
        for (int repetition = 0; repetition < repetitions; repetition++) {
          int part = 0;
          for (int bit = 0; bit < bits; bit++) {
            part |= products[repetition * bits + bit] > 0 ? 1 << bit : 0;
          }
          parts[token * repetitions + repetition] = part;
        }
        System.arraycopy(products, repetitions * bits, kept, token * projected, projected);
      }
    }

    private void multiply(float[] tokens, int at) {
      Arrays.fill(products, 0);
      int d = 0;
      for (; d + 4 <= dimension; d += 4) {
        multiplyFour(tokens, at + d, d * products.length);
      }
      for (; d < dimension; d++) {
        float component = tokens[at + d];
        int row = d * products.length;
        for (int i = 0; i < products.length; i++) {
          products[i] += component * directions[row + i];
        }
      }
    }

    /** A plain loop over independent sums, which the compiler turns into vector instructions. */
    private void multiplyFour(float[] tokens, int at, int row) {
      float first = tokens[at];
      float second = tokens[at + 1];
      float third = tokens[at + 2];
      float fourth = tokens[at + 3];
      int width = products.length;
      for (int i = 0; i < width; i++) {
        products[i] +=
            first * directions[row + i]
                + second * directions[row + width + i]
                + third * directions[row + 2 * width + i]
                + fourth * directions[row + 3 * width + i];
      }
    }

    private void add(int repetition, int token, int part, float[] out) {
      int to = block(repetition, part);
      int from = (token * repetitions + repetition) * shortened;
      for (int i = 0; i < shortened; i++) {
        out[to + i] += kept[from + i];
      }
    }

    private int nearest(int repetition, int part, int count) {
      int nearest = 0;
      int least = Integer.MAX_VALUE;
      for (int token = 0; token < count; token++) {
        int differing = Integer.bitCount(parts[token * repetitions + repetition] ^ part);
        if (differing < least) {
          least = differing;
          nearest = token;
        }
      }
      return nearest;
    }

    private void divide(float[] out, int at, int by) {
      float inverse = 1f / by;
      for (int i = 0; i < shortened; i++) {
        out[at + i] *= inverse;
      }
    }
  }

  private int block(int repetition, int part) {
    return (repetition * (1 << bits) + part) * shortened;
  }
}

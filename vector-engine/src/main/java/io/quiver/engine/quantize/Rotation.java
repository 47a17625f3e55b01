package io.quiver.engine.quantize;

import java.util.SplittableRandom;

/**
 * A rotation by chance that takes no more than {@code n log n} steps: signs flipped at random, then
 * a Hadamard transform, four times over. Where the size is no power of two, the transform takes the
 * first and the last so many components by turns.
 */
final class Rotation {
  private static final int ROUNDS = 4;

  private final int size;
  private final int block;
  private final float[][] signs;

  /**
   * @param size a multiple of 64
   */
  Rotation(int size, long seed) {
    this.size = size;
    this.block = Integer.highestOneBit(size);
    SplittableRandom random = new SplittableRandom(seed);
    float scale = (float) (1 / Math.sqrt(block));
    this.signs = new float[ROUNDS][size];
    for (int round = 0; round < ROUNDS; round++) {
      int from = from(round);
      for (int i = 0; i < size; i++) {
        float length = i >= from && i < from + block ? scale : 1;
        signs[round][i] = random.nextBoolean() ? length : -length;
      }
    }
  }

  private int from(int round) {
    return round % 2 == 0 ? 0 : size - block;
  }

  /** Rotates a vector of the size, in place. */
  void apply(float[] vector) {
    for (int round = 0; round < ROUNDS; round++) {
      float[] flips = signs[round];
      for (int i = 0; i < size; i++) {
        vector[i] *= flips[i];
      }
      transform(vector, from(round));
    }
  }

  private void transform(float[] vector, int from) {
    for (int half = 1; half < block; half <<= 1) {
      for (int pair = from; pair < from + block; pair += 2 * half) {
        for (int i = pair; i < pair + half; i++) {
          float a = vector[i];
          float b = vector[i + half];
          vector[i] = a + b;
          vector[i + half] = a - b;
        }
      }
    }
  }
}

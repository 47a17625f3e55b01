package io.quiver.engine.quantize;

import io.quiver.engine.kernel.DoubleSums;

/**
 * A query rounded to signed bytes, for products in whole numbers.
 *
 * <p>Rounding costs about one part in a hundred of the query's length, spread over all components,
 * which is far less than rows lose. A query of which a few components dwarf all others would lose
 * more, and says so. Used by one thread.
 */
final class RoundedQuery {
  private static final int LARGEST = 127;

  /** Added to a small number and taken off again, it leaves the nearest whole number. */
  private static final float WHOLE_ONLY = 0x1.8p23f;

  /** Squared share of the length that may be lost. */
  private static final double LOSS_MOST = 4e-4;

  private static final DoubleSums SUMS = DoubleSums.best();

  private final short[] components;
  private final float[] steps;
  private final float[] whole;
  private float step;
  private int sum;
  private boolean fine;

  /**
   * @param dimension of the vectors
   * @param components as many as the kernel reads
   */
  RoundedQuery(int dimension, int components) {
    this.components = new short[components];
    this.steps = new float[dimension];
    this.whole = new float[dimension];
  }

  /** Rounds a vector; those components beyond it stay 0. */
  void round(float[] vector) {
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    step = Math.max(largest / LARGEST, Float.MIN_NORMAL);
    float inverse = 1 / step;
    for (int i = 0; i < vector.length; i++) {
      steps[i] = vector[i] * inverse;
    }
    double length = SUMS.dot(steps, steps);
    // Loops that do one thing, which the compiler turns into vectors.
    for (int i = 0; i < vector.length; i++) {
      whole[i] = steps[i] + WHOLE_ONLY - WHOLE_ONLY;
    }
    for (int i = 0; i < vector.length; i++) {
      steps[i] -= whole[i];
    }
    for (int i = 0; i < vector.length; i++) {
      components[i] = (short) whole[i];
    }
    int all = 0;
    for (int i = 0; i < vector.length; i++) {
      all += components[i];
    }
    sum = all;
    double loss = SUMS.dot(steps, steps);
    fine = loss <= LOSS_MOST * length;
  }

  /** Moves components with odd numbers behind those with even ones; not to be done twice. */
  void splitInto(short[] halves) {
    int half = halves.length >>> 1;
    for (int i = 0; i < half; i++) {
      halves[i] = components[2 * i];
      halves[half + i] = components[2 * i + 1];
    }
  }

  short[] components() {
    return components;
  }

  /** The size of one step. */
  float step() {
    return step;
  }

  /** The sum of all components. */
  int sum() {
    return sum;
  }

  /** Whether rounding lost little. */
  boolean isFine() {
    return fine;
  }
}

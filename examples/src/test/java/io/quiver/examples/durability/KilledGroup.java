package io.quiver.examples.durability;

import java.util.Random;

/**
 * Rows that are always written together, by one statement or one batch: all of them have the same
 * generation, or none is there. Their keys fall into several shards.
 */
final class KilledGroup {
  static final int ROWS = 7;
  static final int DIMENSION = 8;

  /** Generation of a group that is not there. */
  static final int ABSENT = 0;

  private KilledGroup() {}

  /** The table that a group's rows are in. */
  static String table(long group) {
    return group % KilledWriter.THREADS == 0 ? KilledTenants.TABLE : "rows_of_groups";
  }

  static long id(long group, int row) {
    return group * 10 + row;
  }

  /** A vector that only this row of this generation has. */
  static float[] vector(long id, int generation) {
    Random random = new Random(id * 1_000_003 + generation);
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}

package io.quiver.engine.index;

import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/** Vectors around random centres, of unequal length: easy to tell apart by cluster, hard within. */
public final class ClusteredVectors {
  private final SplittableRandom random;
  private final float[][] centres;
  private final int dimension;

  public ClusteredVectors(long seed, int clusters, int dimension) {
    this.random = new SplittableRandom(seed);
    this.dimension = dimension;
    this.centres = new float[clusters][dimension];
    for (float[] centre : centres) {
      for (int i = 0; i < dimension; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
  }

  /** A cluster by chance. */
  public int cluster() {
    return random.nextInt(centres.length);
  }

  /** A vector near the centre of a cluster. */
  public float[] near(int cluster) {
    float[] vector = new float[dimension];
    double length = random.nextDouble(0.7, 1.4);
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (length * (centres[cluster][i] + 0.6 * random.nextGaussian()));
    }
    return vector;
  }

  public float[] next() {
    return near(cluster());
  }

  /** So many vectors; whole numbers up to 127 or so for {@code INT8}. */
  public OffHeapRows rows(Arena arena, int count, VectorElement element) {
    OffHeapRows rows = OffHeapRows.flat(arena, count, dimension, element);
    for (int i = 0; i < count; i++) {
      rows.add(scaled(next(), element));
    }
    return rows;
  }

  /** Fits a vector to what an element type can hold. */
  public static float[] scaled(float[] vector, VectorElement element) {
    float[] scaled = vector.clone();
    if (element == VectorElement.INT8) {
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = Math.clamp(scaled[i] * 25, -127, 127);
      }
    }
    return scaled;
  }
}

package io.quiver.benchmarks.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Generated vectors of any number and dimension, the same for the same seed: 200 clusters in a
 * space of 32 dimensions, laid by a random matrix into the wanted one, with noise there, made unit.
 * So the data has the low intrinsic dimension that embeddings have.
 *
 * <p>Rows are kept in a file that is mapped: more than memory holds can be searched.
 */
public final class ClusteredVectors {
  private static final int CLUSTERS = 200;
  private static final int LATENT = 32;
  private static final double SPREAD = 0.6;
  private static final double NOISE = 0.1;

  private final int dimension;
  private final long seed;
  private final float[][] centres;
  private final float[][] matrix;

  private ClusteredVectors(int dimension, long seed) {
    this.dimension = dimension;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    this.centres = new float[CLUSTERS][LATENT];
    this.matrix = new float[dimension][LATENT];
    fill(centres, random, 1);
    fill(matrix, random, 1 / Math.sqrt(LATENT));
  }

  private static void fill(float[][] rows, SplittableRandom random, double scale) {
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (scale * random.nextGaussian());
      }
    }
  }

  /** Generates, or maps what was generated before into this folder. */
  public static VectorSet generate(Path folder, int rows, int dimension, int queries, long seed)
      throws IOException {
    ClusteredVectors generator = new ClusteredVectors(dimension, seed);
    String name = "clustered " + rows + " x " + dimension;
    Path file = folder.resolve("clustered-" + rows + "x" + dimension + "-" + seed + ".f32");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path part = folder.resolve(file.getFileName() + ".part");
      VectorRows vectors = map(part, rows, dimension, FileChannel.MapMode.READ_WRITE);
      IntStream.range(0, rows).parallel().forEach(row -> vectors.write(row, generator.vector(row)));
      vectors.floats().force();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    float[][] asked = new float[queries][];
    for (int i = 0; i < queries; i++) {
      asked[i] = generator.vector(rows + i);
    }
    return new VectorSet(name, map(file, rows, dimension, FileChannel.MapMode.READ_ONLY), asked);
  }

  private static VectorRows map(Path file, int rows, int dimension, FileChannel.MapMode mode)
      throws IOException {
    long bytes = (long) rows * dimension * Float.BYTES;
    StandardOpenOption[] options =
        mode == FileChannel.MapMode.READ_ONLY
            ? new StandardOpenOption[] {StandardOpenOption.READ}
            : new StandardOpenOption[] {
              StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE
            };
    try (FileChannel channel = FileChannel.open(file, options)) {
      MemorySegment segment = channel.map(mode, 0, bytes, Arena.global());
      return new VectorRows(segment, rows, dimension);
    }
  }

  /** The vector with this number, whoever asks and in whatever order. */
  private float[] vector(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    float[] centre = centres[random.nextInt(CLUSTERS)];
    float[] latent = new float[LATENT];
    for (int i = 0; i < LATENT; i++) {
      latent[i] = centre[i] + (float) (SPREAD * random.nextGaussian());
    }
    float[] vector = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      float sum = (float) (NOISE * random.nextGaussian());
      for (int i = 0; i < LATENT; i++) {
        sum += matrix[d][i] * latent[i];
      }
      vector[d] = sum;
    }
    return VectorSet.normalise(vector);
  }
}

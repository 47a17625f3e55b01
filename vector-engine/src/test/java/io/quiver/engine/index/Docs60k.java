package io.quiver.engine.index;

import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.VectorElement;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** 60,000 embeddings of passages of software documentation, and 500 queries with exact answers. */
public final class Docs60k {
  public static final int ROWS = 60_000;
  public static final int QUERIES = 500;
  public static final int DIMENSION = 384;

  private final Path folder;

  private Docs60k(Path folder) {
    this.folder = folder;
  }

  /** The data set; a test that asks for it is skipped where it is absent. */
  public static Docs60k orSkip() {
    Assumptions.assumeTrue(isThere(), "docs60k is not in the folder that -Dquiver.data names");
    return new Docs60k(folder());
  }

  public static boolean isThere() {
    return Files.exists(folder().resolve("base.f16"));
  }

  private static Path folder() {
    return Path.of(System.getProperty("quiver.data", "")).resolve("docs60k");
  }

  /** All vectors, single precision. */
  public OffHeapRows rows(Arena arena) throws IOException {
    OffHeapRows rows = OffHeapRows.flat(arena, ROWS, DIMENSION, VectorElement.FLOAT32);
    ShortBuffer halves = read("base.f16").asShortBuffer();
    for (int i = 0; i < ROWS; i++) {
      rows.add(vector(halves));
    }
    return rows;
  }

  public float[][] queries() throws IOException {
    ShortBuffer halves = read("queries.f16").asShortBuffer();
    float[][] queries = new float[QUERIES][];
    for (int i = 0; i < QUERIES; i++) {
      queries[i] = vector(halves);
    }
    return queries;
  }

  /** For each query its 100 nearest rows. */
  public int[][] nearest() throws IOException {
    IntBuffer ints = read("gt.ivecs").asIntBuffer();
    int[][] nearest = new int[QUERIES][];
    for (int i = 0; i < QUERIES; i++) {
      nearest[i] = new int[ints.get()];
      ints.get(nearest[i]);
    }
    return nearest;
  }

  private ByteBuffer read(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] vector(ShortBuffer halves) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = Float.float16ToFloat(halves.get());
    }
    return vector;
  }
}

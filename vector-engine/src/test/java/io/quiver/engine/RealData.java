package io.quiver.engine;

import io.quiver.engine.search.SparseVectorValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of real embeddings that {@code -Dquiver.data=DIR} names, and its formats. A test that
 * asks for a file of it is skipped, visibly, where the folder is absent.
 */
public final class RealData {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private RealData() {}

  /** A file of the folder, such as {@code cranfield/docs.jsonl}. */
  public static Path file(String name) {
    String folder = System.getProperty("quiver.data", "");
    Path file = Path.of(folder, name);
    Assumptions.assumeTrue(
        !folder.isEmpty() && Files.exists(file), () -> "No real data at " + file.toAbsolutePath());
    return file;
  }

  /** Vectors of floats, each with its dimension before it. */
  public static float[][] fvecs(String name) {
    MemorySegment memory = read(name);
    int dimension = memory.get(INT, 0);
    float[][] vectors = new float[Math.toIntExact(memory.byteSize() / (4 + 4L * dimension))][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new float[dimension];
      MemorySegment.copy(memory, FLOAT, i * (4 + 4L * dimension) + 4, vectors[i], 0, dimension);
    }
    return vectors;
  }

  /** Vectors of ints, each with its dimension before it. */
  public static int[][] ivecs(String name) {
    MemorySegment memory = read(name);
    int dimension = memory.get(INT, 0);
    int[][] vectors = new int[Math.toIntExact(memory.byteSize() / (4 + 4L * dimension))][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new int[dimension];
      MemorySegment.copy(memory, INT, i * (4 + 4L * dimension) + 4, vectors[i], 0, dimension);
    }
    return vectors;
  }

  /** Sparse vectors in compressed rows; stored zeros are left out. */
  public static SparseVectorValue[] csr(String name) {
    MemorySegment memory = read(name);
    int rows = Math.toIntExact(memory.get(LONG, 0));
    long weights = memory.get(LONG, 16);
    long indicesAt = 24 + 8L * (rows + 1);
    SparseVectorValue[] vectors = new SparseVectorValue[rows];
    for (int i = 0; i < rows; i++) {
      long from = memory.get(LONG, 24 + 8L * i);
      int size = Math.toIntExact(memory.get(LONG, 24 + 8L * (i + 1)) - from);
      int[] indices = new int[size];
      float[] values = new float[size];
      MemorySegment.copy(memory, INT, indicesAt + 4 * from, indices, 0, size);
      MemorySegment.copy(memory, FLOAT, indicesAt + 4 * (weights + from), values, 0, size);
      vectors[i] = new SparseVectorValue(indices, values);
    }
    return vectors;
  }

  /** Multivectors: for each, its tokens one after the other as half floats. */
  public static short[][] halfTokens(String name) {
    MemorySegment memory = read(name);
    short[][] all = new short[16][];
    int count = 0;
    for (long at = 0; at < memory.byteSize(); count++) {
      if (count == all.length) {
        all = java.util.Arrays.copyOf(all, 2 * count);
      }
      int size = memory.get(INT, at) * memory.get(INT, at + 4);
      all[count] = new short[size];
      MemorySegment.copy(memory, SHORT, at + 8, all[count], 0, size);
      at += 8 + 2L * size;
    }
    return java.util.Arrays.copyOf(all, count);
  }

  private static MemorySegment read(String name) {
    try (FileChannel channel = FileChannel.open(file(name))) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.quiver.benchmarks.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** docs60k: MiniLM embeddings of 60,000 passages of software documentation, and 500 queries. */
public final class DocsVectors {
  public static final int DIMENSION = 384;

  private DocsVectors() {}

  public static boolean isThere(Path data) {
    return Files.exists(data.resolve("docs60k/base.f16"));
  }

  /** The first rows; the file's order is random, so they are a fair sample. */
  public static VectorSet read(Path data, int rows) throws IOException {
    Path base = data.resolve("docs60k/base.f16");
    int count = (int) Math.min(rows, Files.size(base) / (DIMENSION * Short.BYTES));
    VectorRows vectors = VectorRows.empty(count, DIMENSION);
    try (FileChannel channel = FileChannel.open(base)) {
      ByteBuffer bytes = ByteBuffer.allocate(DIMENSION * Short.BYTES * 500);
      for (int row = 0; row < count; ) {
        bytes.clear().limit(Math.min(bytes.capacity(), (count - row) * DIMENSION * Short.BYTES));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
          // Filled by as many reads as it takes.
        }
        ShortBuffer halves = bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        while (halves.remaining() >= DIMENSION) {
          vectors.write(row++, vector(halves));
        }
      }
    }
    return new VectorSet("docs60k", vectors, queries(data.resolve("docs60k/queries.f16")));
  }

  private static float[][] queries(Path file) throws IOException {
    ShortBuffer halves =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[][] queries = new float[halves.remaining() / DIMENSION][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = vector(halves);
    }
    return queries;
  }

  private static float[] vector(ShortBuffer halves) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = Float.float16ToFloat(halves.get());
    }
    return VectorSet.normalise(vector);
  }
}

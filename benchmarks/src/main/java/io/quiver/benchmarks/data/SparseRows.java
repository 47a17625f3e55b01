package io.quiver.benchmarks.data;

import io.quiver.engine.search.SparseVectorValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Sparse vectors in memory, and queries.
 *
 * @param dimension one more than the largest index
 */
public record SparseRows(
    List<SparseVectorValue> rows, List<SparseVectorValue> queries, int dimension) {
  /** BM25 impacts of docs60k. */
  public static SparseRows read(Path data, int rows, int queries) throws IOException {
    Path folder = data.resolve("docs60k");
    List<SparseVectorValue> all = csr(folder.resolve("sparse_base.csr"));
    List<SparseVectorValue> asked = csr(folder.resolve("sparse_queries.csr"));
    return new SparseRows(
        all.subList(0, Math.min(rows, all.size())),
        asked.subList(0, Math.min(queries, asked.size())).stream()
            .filter(query -> query.size() > 0)
            .toList(),
        69_402);
  }

  /** Texts of 40 words and queries of 8, drawn as words are: the n-th as often as 1 / n. */
  public static SparseRows generate(int rows, int queries, long seed) {
    int words = 50_000;
    SplittableRandom random = new SplittableRandom(seed);
    return new SparseRows(
        IntStream.range(0, rows).mapToObj(row -> text(random, words, 40, false)).toList(),
        IntStream.range(0, queries).mapToObj(query -> text(random, words, 8, true)).toList(),
        words);
  }

  private static SparseVectorValue text(
      SplittableRandom random, int words, int length, boolean plain) {
    TreeMap<Integer, Float> weights = new TreeMap<>();
    for (int i = 0; i < length; i++) {
      int word = (int) Math.exp(random.nextDouble() * Math.log(words));
      weights.put(
          word - 1, plain ? 1f : (float) (Math.log(1 + word) * (0.5 + random.nextDouble())));
    }
    weights.values().removeIf(weight -> weight == 0);
    int[] indices = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] values = new float[indices.length];
    for (int i = 0; i < indices.length; i++) {
      values[i] = weights.getOrDefault(indices[i], 1f);
    }
    return new SparseVectorValue(indices, values);
  }

  private static List<SparseVectorValue> csr(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN);
      int rows = (int) bytes.getLong(0);
      int entries = (int) bytes.getLong(16);
      int indices = 24 + 8 * (rows + 1);
      int weights = indices + 4 * entries;
      SparseVectorValue[] vectors = new SparseVectorValue[rows];
      for (int row = 0; row < rows; row++) {
        int from = (int) bytes.getLong(24 + 8 * row);
        int to = (int) bytes.getLong(32 + 8 * row);
        int[] index = new int[to - from];
        float[] weight = new float[to - from];
        for (int i = from; i < to; i++) {
          index[i - from] = bytes.getInt(indices + 4 * i);
          weight[i - from] = bytes.getFloat(weights + 4 * i);
        }
        vectors[row] = new SparseVectorValue(index, weight);
      }
      return Arrays.asList(vectors);
    }
  }

  /** The dot product of a row and a query. */
  public float score(int row, SparseVectorValue query) {
    SparseVectorValue vector = rows.get(row);
    float sum = 0;
    for (int i = 0, j = 0; i < vector.size() && j < query.size(); ) {
      int difference = vector.indices()[i] - query.indices()[j];
      if (difference == 0) {
        sum += vector.weights()[i++] * query.weights()[j++];
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return sum;
  }

  /** The k-th best positive score of each query, 0 where fewer rows have one. */
  public float[] leastScores(int k) {
    float[] least = new float[queries.size()];
    IntStream.range(0, least.length)
        .parallel()
        .forEach(
            q -> {
              float[] scores = new float[rows.size()];
              for (int row = 0; row < scores.length; row++) {
                scores[row] = score(row, queries.get(q));
              }
              Arrays.sort(scores);
              least[q] = scores.length < k ? 0 : scores[scores.length - k];
            });
    return least;
  }
}

package io.quiver.examples.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.engine.RealData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;

/**
 * The first rows of docs60k, whose order is random, with their payload, and exact answers to its
 * queries under any condition.
 *
 * @param vectors a row each, of length nearly one
 */
record DocsData(float[][] vectors, JsonNode[] payload, float[][] queries) {
  private static final int DIMENSION = 384;

  static DocsData first(int rows, int queries) throws IOException {
    JsonNode[] payload = new JsonNode[rows];
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(RealData.file("docs60k/payload.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (int i = 0; i < rows; i++) {
        payload[i] = mapper.readTree(lines.readLine());
      }
    }
    return new DocsData(halves("base.f16", rows), payload, halves("queries.f16", queries));
  }

  /** The cosine of a query with every row, the query's length left out. */
  float[] scores(int query) {
    float[] scores = new float[vectors.length];
    for (int row = 0; row < scores.length; row++) {
      float sum = 0;
      for (int i = 0; i < DIMENSION; i++) {
        sum += queries[query][i] * vectors[row][i];
      }
      scores[row] = sum / length(row);
    }
    return scores;
  }

  private float length(int row) {
    float sum = 0;
    for (float component : vectors[row]) {
      sum += component * component;
    }
    return (float) Math.sqrt(sum);
  }

  /** The best rows that qualify, at most k of them, best first. */
  static int[] best(float[] scores, int k, IntPredicate qualifies) {
    int[] best = new int[k];
    int count = 0;
    for (int row = 0; row < scores.length; row++) {
      if ((count < k || scores[row] > scores[best[k - 1]]) && qualifies.test(row)) {
        int place = count < k ? count++ : k - 1;
        for (; place > 0 && scores[best[place - 1]] < scores[row]; place--) {
          best[place] = best[place - 1];
        }
        best[place] = row;
      }
    }
    return Arrays.copyOf(best, count);
  }

  String text(int row, String field) {
    JsonNode value = payload[row].get(field);
    return value == null || value.isNull() ? "" : value.asText();
  }

  private static float[][] halves(String name, int rows) throws IOException {
    ShortBuffer halves =
        ByteBuffer.wrap(Files.readAllBytes(RealData.file("docs60k/" + name)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer();
    float[][] vectors = new float[rows][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = Float.float16ToFloat(halves.get());
      }
    }
    return vectors;
  }
}

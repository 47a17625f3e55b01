package io.quiver.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/** The ordinary columns of a passage. */
public record Payload(int id, String repo, String ext, int length, int year, String lang) {
  /** Those of docs60k, in the order of its vectors. */
  public static List<Payload> read(Path data, int rows) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Payload> payloads = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data.resolve("docs60k/payload.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && payloads.size() < rows;
          line = lines.readLine()) {
        JsonNode node = json.readTree(line);
        payloads.add(
            new Payload(
                payloads.size(),
                node.path("repo").asText(),
                node.path("ext").asText(),
                node.path("len").asInt(),
                node.path("year").asInt(),
                node.path("lang").asText()));
      }
    }
    return payloads;
  }

  /** As many, with as many distinct values of each. */
  public static List<Payload> generate(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Payload> payloads = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      payloads.add(
          new Payload(
              id,
              "repo" + (int) (64 * random.nextDouble() * random.nextDouble()),
              "ext" + random.nextInt(6),
              20 + random.nextInt(2_000),
              2014 + random.nextInt(13),
              "lang" + (int) (33 * random.nextDouble() * random.nextDouble())));
    }
    return payloads;
  }
}

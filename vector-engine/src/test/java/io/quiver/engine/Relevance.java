package io.quiver.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cranfield's judgements of which documents answer which queries, and how good a ranking is. */
public final class Relevance {
  private static final Pattern PAIR = Pattern.compile("\"query_id\": (\\d+),.*\"doc_id\": (\\d+),");

  private final TreeMap<Integer, Set<Integer>> relevant = new TreeMap<>();

  /** Reads the judgements; skips the calling test where they are absent. */
  public Relevance() {
    List<String> lines;
    try {
      lines = Files.readAllLines(RealData.file("cranfield/qrels.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String line : lines) {
      Matcher pair = PAIR.matcher(line);
      if (!pair.find()) {
        throw new IllegalStateException("Not a judgement: " + line);
      }
      relevant
          .computeIfAbsent(Integer.valueOf(pair.group(1)), query -> new TreeSet<>())
          .add(Integer.valueOf(pair.group(2)));
    }
  }

  /** Normalised discounted cumulative gain of the first ten, every judged pair counting one. */
  public double gainAtTen(List<int[]> rankings) {
    List<Double> gains = new ArrayList<>();
    relevant.forEach((query, documents) -> gains.add(gain(rankings.get(query), documents)));
    return gains.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double gain(int[] ranking, Set<Integer> documents) {
    double gain = 0;
    for (int rank = 0; rank < Math.min(10, ranking.length); rank++) {
      if (documents.contains(ranking[rank])) {
        gain += discount(rank);
      }
    }
    double ideal = 0;
    for (int rank = 0; rank < Math.min(10, documents.size()); rank++) {
      ideal += discount(rank);
    }
    return gain / ideal;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 2);
  }
}

package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.LuceneLateInteraction;
import io.quiver.benchmarks.contender.QuiverSearches;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.lucene.util.VectorUtil;

/**
 * MaxSim over 100 candidates: a query of 32 token vectors against documents of 180, 128 dimensions.
 * Beside Quiver: a dot product for each pair (Lucene's, SIMD, rows in memory), and Lucene's own
 * late interaction over doc values.
 */
final class MaxSimSuite {
  private static final int CANDIDATES = 100;
  private static final int DOCUMENTS = 1_000;
  private static final int QUERY_ROWS = 32;
  private static final int DOCUMENT_ROWS = 180;
  private static final int DIMENSION = 128;
  private static final int K = 10;

  private MaxSimSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    SplittableRandom random = new SplittableRandom(settings.seed());
    List<float[][]> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      documents.add(rows(random, DOCUMENT_ROWS));
    }
    float[][] query = rows(random, QUERY_ROWS);
    try (QuiverSearches quiver =
            new QuiverSearches(
                settings.folder("engine"),
                new ColumnType.MultiVector(DIMENSION),
                List.of(),
                documents);
        LuceneLateInteraction lucene =
            new LuceneLateInteraction(settings.folder("lucene"), documents)) {
      SearchRequest request =
          new SearchRequest.MaxSim(
              QuiverSearches.COLUMN,
              query,
              K,
              100,
              false,
              new RowFilter.All(),
              Optional.of(quiver.names(CANDIDATES)),
              Double.POSITIVE_INFINITY);
      double[] best = new double[1];
      double[] theirs = new double[1];
      Map<String, Rounds.Repeatable> things = new LinkedHashMap<>();
      things.put(
          "Quiver engine",
          () -> {
            best[0] = -quiver.search(request).distances()[0];
            return 1;
          });
      things.put(
          "per-pair dots",
          () -> {
            theirs[0] = bestByPairs(query, documents);
            return 1;
          });
      things.put(
          "Lucene late interaction",
          () -> {
            lucene.best(query, CANDIDATES);
            return 1;
          });
      var times = settings.scale().rounds().time(things);
      if (Math.abs(best[0] - theirs[0]) > 0.01 * Math.abs(theirs[0])) {
        throw new IllegalStateException("Best score " + best[0] + " is not " + theirs[0]);
      }
      times.forEach(
          (name, time) ->
              findings.add(
                  new Figure(
                      name,
                      "maxsim",
                      CANDIDATES + " candidates",
                      0,
                      -1,
                      time.wall() / 1e3,
                      time.cpu() / 1e3,
                      "us")));
      findings.configuration("Quiver engine", "half-float rows, scored among named rows");
      findings.configuration("per-pair dots", "VectorUtil.dotProduct of Lucene 10.6.0");
      findings.configuration(
          "Lucene late interaction", "Lucene 10.6.0, LateInteractionFloatValuesSource");
    }
  }

  private static float[][] rows(SplittableRandom random, int count) {
    float[][] rows = new float[count][DIMENSION];
    for (float[] row : rows) {
      for (int i = 0; i < DIMENSION; i++) {
        row[i] = (float) random.nextGaussian();
      }
      VectorUtil.l2normalize(row);
    }
    return rows;
  }

  private static double bestByPairs(float[][] query, List<float[][]> documents) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double sum = 0;
      for (float[] row : query) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float[] token : documents.get(i)) {
          largest = Math.max(largest, VectorUtil.dotProduct(row, token));
        }
        sum += largest;
      }
      best = Math.max(best, sum);
    }
    return best;
  }
}

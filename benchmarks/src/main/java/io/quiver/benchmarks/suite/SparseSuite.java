package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.LuceneFeatures;
import io.quiver.benchmarks.contender.QuiverSearches;
import io.quiver.benchmarks.data.SparseRows;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.SparseVectorValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.ScoreDoc;

/** The ten best by sparse dot product: Quiver's inverted lists beside Lucene's postings. */
final class SparseSuite {
  private static final int K = 10;

  private SparseSuite() {}

  /** Answers one query with row numbers. */
  private interface Answer {
    int[] rows(SparseVectorValue query) throws Exception;
  }

  static void run(Settings settings, Findings findings) throws Exception {
    int queries = settings.scale().queries();
    SparseRows set =
        settings.generated()
            ? SparseRows.generate(settings.rows(), queries, settings.seed())
            : SparseRows.read(Path.of(settings.data()), settings.rows(), queries);
    try (QuiverSearches quiver =
            new QuiverSearches(
                settings.folder("engine"),
                new ColumnType.SparseVector(set.dimension()),
                List.of(new IndexSpec.Inverted("terms", "value")),
                set.rows());
        LuceneFeatures lucene = new LuceneFeatures(settings.folder("lucene"), set)) {
      Map<String, Rounds.Repeatable> things = new LinkedHashMap<>();
      things.put(
          "Quiver engine",
          () -> {
            for (SparseVectorValue query : set.queries()) {
              quiver.search(request(query));
            }
            return set.queries().size();
          });
      things.put(
          "Lucene FeatureField",
          () -> {
            for (SparseVectorValue query : set.queries()) {
              lucene.search(query, K);
            }
            return set.queries().size();
          });
      Map<String, Timing> times = settings.scale().rounds().time(things);
      float[] least = set.leastScores(K);
      Map<String, Answer> answers = new LinkedHashMap<>();
      answers.put("Quiver engine", query -> rows(quiver, quiver.search(request(query))));
      answers.put("Lucene FeatureField", query -> rows(lucene.search(query, K).scoreDocs));
      for (Map.Entry<String, Answer> entry : answers.entrySet()) {
        Timing time = times.getOrDefault(entry.getKey(), new Timing(Double.NaN, Double.NaN));
        findings.add(
            new Figure(
                entry.getKey(),
                "search",
                "top 10",
                0,
                recall(set, least, entry.getValue()),
                1e9 / time.wall(),
                1e9 / time.cpu(),
                "queries/s"));
      }
      findings.configuration("Quiver engine", "inverted lists, exact");
      findings.configuration(
          "Lucene FeatureField", "Lucene 10.6.0, one segment, linear queries, 9-bit weights");
    }
  }

  private static SearchRequest request(SparseVectorValue query) {
    return new SearchRequest.Sparse(
        QuiverSearches.COLUMN, query, K, new RowFilter.All(), Double.POSITIVE_INFINITY);
  }

  private static int[] rows(QuiverSearches quiver, SearchHits hits) {
    int[] rows = new int[hits.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = quiver.row(hits.rows()[i]);
    }
    return rows;
  }

  private static int[] rows(ScoreDoc[] docs) {
    int[] rows = new int[docs.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = docs[i].doc;
    }
    return rows;
  }

  /** Share of the right scores found; scores, not rows, for ties are common. */
  private static double recall(SparseRows set, float[] least, Answer answer) throws Exception {
    long right = 0;
    long wanted = 0;
    for (int q = 0; q < least.length; q++) {
      if (least[q] > 0) {
        wanted += K;
        for (int row : answer.rows(set.queries().get(q))) {
          if (set.score(row, set.queries().get(q)) >= least[q] - 1e-4f) {
            right++;
          }
        }
      }
    }
    return wanted == 0 ? 1 : (double) right / wanted;
  }
}

package io.quiver.planner.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.engine.RealData;
import io.quiver.engine.Relevance;
import io.quiver.engine.index.BestRows;
import io.quiver.engine.index.sparse.Bm25Curve;
import io.quiver.engine.index.sparse.Bm25Scorer;
import io.quiver.engine.index.sparse.InvertedIndex;
import io.quiver.engine.index.sparse.InvertedIndexBuilder;
import io.quiver.engine.index.sparse.SparseRow;
import io.quiver.engine.index.sparse.SparseRows;
import io.quiver.engine.index.sparse.SparseSearch;
import io.quiver.engine.index.sparse.TextCount;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import io.quiver.sql.text.TextLanguage;
import io.quiver.sql.text.TextRecipe;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain text to a ranking: analysed, counted, searched by BM25, judged. */
class CranfieldTextTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final RecipeDeriver deriver = new RecipeDeriver();

  /** Terms of each row, as the engine's column would hold them. */
  private record TermRows(List<SparseVectorValue> vectors) implements SparseRows {
    @Override
    public int rows() {
      return vectors.size();
    }

    @Override
    public void read(int row, SparseRow into) {
      SparseVectorValue vector = vectors.get(row);
      into.resize(vector.size());
      System.arraycopy(vector.indices(), 0, into.indices(), 0, vector.size());
      System.arraycopy(vector.weights(), 0, into.weights(), 0, vector.size());
    }
  }

  /** The reference implementation reaches 0.4880 with an analysis of its own. */
  @ParameterizedTest
  @CsvSource({"ENGLISH, true, 0.505", "ENGLISH, false, 0.5", "SIMPLE, false, 0.48"})
  void plainWordsRankAsWellAsTheReference(TextLanguage language, boolean stopWords, double floor)
      throws IOException {
    String recipe = new Recipe.Terms(new TextRecipe(language, stopWords)).text();
    TermRows rows = new TermRows(terms("cranfield/docs.jsonl", recipe));
    List<SparseVectorValue> queries = terms("cranfield/queries.jsonl", recipe);
    Bm25Curve curve = new Bm25Curve(1.2, 0.75);
    InvertedIndex index =
        InvertedIndexBuilder.forBm25(rows, curve, Arena.ofAuto(), StopSignal.NEVER);
    RowBitmap all = RowBitmap.full(rows.rows());
    List<int[]> rankings = new ArrayList<>();
    for (SparseVectorValue query : queries) {
      var statistics = new TextCount(rows, all, query.indices(), StopSignal.NEVER).count(index);
      BestRows best = new BestRows(10, Double.POSITIVE_INFINITY);
      Bm25Scorer scorer = new Bm25Scorer(query, statistics, curve);
      new SparseSearch(rows, all, scorer, best, StopSignal.NEVER).search(index);
      best.sort();
      int[] ranking = new int[best.size()];
      for (int i = 0; i < ranking.length; i++) {
        ranking[i] = best.row(i);
      }
      rankings.add(ranking);
    }
    double gain = new Relevance().gainAtTen(rankings);
    assertThat(gain).as(recipe).isGreaterThan(floor);
  }

  private List<SparseVectorValue> terms(String file, String recipe) throws IOException {
    List<SparseVectorValue> terms = new ArrayList<>();
    for (String line : Files.readAllLines(RealData.file(file))) {
      JsonNode object = MAPPER.readTree(line);
      terms.add(deriver.terms(recipe, object.get("text").asText()));
    }
    return terms;
  }
}

package io.quiver.examples.rag;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the passages that answer a question: by meaning and by words, fused, then put in order by
 * MaxSim. Tenant and dates are part of each search, so that none comes back short.
 */
final class Retrieval {
  /** What each search hands to fusion. */
  private static final int LEG = 100;

  /** What fusion hands to the rerank, at least. */
  private static final int CANDIDATES = 30;

  private final JdbcTemplate jdbc;
  private final PassageTable table;

  Retrieval(JdbcTemplate jdbc, PassageTable table) {
    this.jdbc = jdbc;
    this.table = table;
  }

  /** The best passages, at most so many, best first. */
  List<FoundPassage> find(Question question, Stage stage, int count) {
    return switch (stage) {
      case MEANING -> passages(table.byMeaning(), meaning(question, count));
      case WORDS -> passages(table.byWords(), words(question, count));
      case FUSED -> fused(question, count);
      case RERANKED -> reranked(question, fused(question, Math.max(CANDIDATES, count)), count);
    };
  }

  private List<FoundPassage> fused(Question question, int count) {
    List<Object> parameters = new ArrayList<>(meaning(question, LEG));
    parameters.addAll(words(question, LEG));
    parameters.add(count);
    return passages(table.fused(), parameters);
  }

  private List<FoundPassage> reranked(Question question, List<FoundPassage> found, int count) {
    if (found.isEmpty() || question.tokens().length == 0) {
      return found.subList(0, Math.min(count, found.size()));
    }
    Map<String, FoundPassage> candidates = new HashMap<>();
    List<Object> parameters = new ArrayList<>(List.of(question.tokens(), count));
    for (FoundPassage passage : found) {
      candidates.put(passage.id(), passage);
      parameters.add(passage.id());
    }
    List<FoundPassage> best = new ArrayList<>();
    jdbc.query(
        table.reranked(found.size()),
        row -> {
          FoundPassage passage = candidates.get(row.getString("id"));
          if (passage != null) {
            best.add(passage.withSimilarity(row.getDouble("score") / question.tokens().length));
          }
        },
        parameters.toArray());
    return best;
  }

  private static List<Object> meaning(Question question, int count) {
    return List.of(question.vector(), count, question.tenant(), question.since(), question.until());
  }

  private static List<Object> words(Question question, int count) {
    return List.of(question.text(), count, question.tenant(), question.since(), question.until());
  }

  private List<FoundPassage> passages(String sql, List<Object> parameters) {
    List<FoundPassage> found = new ArrayList<>();
    jdbc.query(
        sql,
        row -> {
          found.add(passage(row));
        },
        parameters.toArray());
    return found;
  }

  private static FoundPassage passage(ResultSet row) throws SQLException {
    return new FoundPassage(
        row.getString("id"),
        row.getString("file"),
        row.getString("tenant"),
        row.getObject("published", LocalDate.class),
        row.getString("heading"),
        row.getString("content"),
        row.getObject("meaning", Double.class),
        row.getObject("words", Double.class),
        row.getObject("fused", Double.class),
        null);
  }
}

package io.quiver.examples.rag;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How good each step of the retrieval is: nDCG@10 on the Cranfield collection, 1,400 abstracts, 225
 * questions and what of the former answers the latter. It goes through the SQL of the service; the
 * vectors are the collection's own.
 */
final class CranfieldQuality {
  private static final int TOKEN_DIMENSION = 128;
  private static final int BATCH_ROWS = 200;
  private static final String TENANT = "cranfield";
  private static final LocalDate DAY = LocalDate.of(1963, 1, 1);

  private final Path folder;
  private final JsonMapper json = new JsonMapper();

  /**
   * @param folder with docs.jsonl, queries.jsonl, qrels.jsonl and the files of vectors
   */
  CranfieldQuality(Path folder) {
    this.folder = folder;
  }

  /** What each step reached, the mean over all questions. */
  record Report(Map<Stage, Double> gains, int questions) {
    void print(PrintStream out) {
      out.println("Cranfield, " + questions + " questions, nDCG@10 by step:");
      gains.forEach(
          (stage, gain) ->
              out.printf(Locale.ROOT, "  %.4f  %s%n", gain, stage.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Loads the collection into an empty database and asks it every question in every way. */
  Report measure(String url) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      PassageTable table = new PassageTable("cranfield_passages", TOKEN_DIMENSION);
      table.definitions().forEach(jdbc::execute);
      load(jdbc, table);
      return ask(new Retrieval(jdbc, table));
    }
  }

  private void load(JdbcTemplate jdbc, PassageTable table) throws IOException {
    List<JsonNode> documents = lines("docs.jsonl");
    List<float[]> vectors = VectorFile.fvecs(folder.resolve("dense_docs.fvecs"));
    List<float[][]> tokens = VectorFile.halfMvecs(folder.resolve("tokens_docs.f16.mvecs"));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      JsonNode document = documents.get(i);
      rows.add(
          new Object[] {
            document.get("id").asString(),
            "docs.jsonl",
            TENANT,
            DAY,
            document.get("title").asString(),
            document.get("text").asString(),
            document.get("text").asString(),
            vectors.get(i),
            tokens.get(i)
          });
      if (rows.size() == BATCH_ROWS || i == documents.size() - 1) {
        jdbc.batchUpdate(table.insert(), rows);
        rows.clear();
      }
    }
  }

  private Report ask(Retrieval retrieval) throws IOException {
    Map<String, Set<String>> relevant = new TreeMap<>();
    for (JsonNode pair : lines("qrels.jsonl")) {
      relevant
          .computeIfAbsent(pair.get("query_id").asString(), query -> new HashSet<>())
          .add(pair.get("doc_id").asString());
    }
    List<JsonNode> queries = lines("queries.jsonl");
    List<float[]> vectors = VectorFile.fvecs(folder.resolve("dense_queries.fvecs"));
    List<float[][]> tokens = VectorFile.halfMvecs(folder.resolve("tokens_queries.f16.mvecs"));
    Map<Stage, Double> gains = new EnumMap<>(Stage.class);
    for (int i = 0; i < queries.size(); i++) {
      Set<String> answers = relevant.get(queries.get(i).get("id").asString());
      if (answers == null) {
        continue;
      }
      String text = queries.get(i).get("text").asString();
      Question question = new Question(text, vectors.get(i), tokens.get(i), TENANT, DAY, DAY);
      for (Stage stage : Stage.values()) {
        List<String> ids =
            retrieval.find(question, stage, 10).stream().map(FoundPassage::id).toList();
        gains.merge(stage, Gain.atTen(ids, answers) / relevant.size(), Double::sum);
      }
    }
    return new Report(gains, relevant.size());
  }

  private List<JsonNode> lines(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name))) {
      lines.add(json.readTree(line));
    }
    return lines;
  }
}

package io.quiver.examples.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.engine.RealData;
import io.quiver.engine.Relevance;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rankings of the Cranfield collection, by plain SQL through JDBC from a database on disk, are as
 * good as the data's reference says: nDCG@10, the mean of 225 queries.
 */
class CranfieldSqlTest {
  private static final int TOKEN_DIMENSION = 128;
  private static final int BATCH_ROWS = 100;

  @TempDir static Path folder;

  private static Connection connection;
  private static float[][] dense;
  private static SparseVector[] words;
  private static float[][][] tokens;
  private static List<String> texts;

  @BeforeAll
  static void load() throws IOException, SQLException {
    if (!isThere()) {
      return; // Each test is skipped, so that it is counted as such.
    }
    dense = RealData.fvecs("cranfield/dense_queries.fvecs");
    words = sparse("cranfield/sparse_queries.csr");
    tokens = tokens("cranfield/tokens_queries.f16.mvecs");
    texts = texts("cranfield/queries.jsonl");
    connection = DriverManager.getConnection("jdbc:quiver:" + folder.resolve("cranfield"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE docs (id BIGINT NOT NULL PRIMARY KEY, content VARCHAR,
            embedding VECTOR(384), words SPARSEVEC, tokens MULTIVECTOR(128))
          """);
      statement.execute("CREATE INDEX docs_content ON docs USING BM25 (content)");
    }
    insert();
  }

  private static void insert() throws IOException, SQLException {
    float[][] vectors = RealData.fvecs("cranfield/dense_docs.fvecs");
    SparseVector[] terms = sparse("cranfield/sparse_docs.csr");
    float[][][] passages = tokens("cranfield/tokens_docs.f16.mvecs");
    List<String> contents = texts("cranfield/docs.jsonl");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO docs VALUES (?, ?, ?, ?, ?)")) {
      for (int i = 0; i < vectors.length; i++) {
        insert.setLong(1, i);
        insert.setString(2, contents.get(i));
        insert.setObject(3, vectors[i]);
        insert.setObject(4, terms[i]);
        insert.setObject(5, passages[i]);
        insert.addBatch();
        if (i % BATCH_ROWS == BATCH_ROWS - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  @BeforeEach
  void skipWithoutData() {
    RealData.file("cranfield/dense_docs.fvecs");
  }

  @AfterAll
  static void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }

  @Test
  void dense() throws SQLException {
    String sql = "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10)";
    check("dense", 0.5167, run(sql, i -> new Object[] {dense[i]}));
  }

  @Test
  void bm25OfImpactsGiven() throws SQLException {
    String sql = "SELECT id FROM SPARSE_MATCH('docs', 'words', ?, 10)";
    check("BM25", 0.4880, run(sql, i -> new Object[] {words[i]}));
  }

  /** Another analysis than the reference's: stems and stop words of English. */
  @Test
  void bm25OfPlainWords() throws SQLException {
    String sql = "SELECT id FROM SPARSE_MATCH('docs', 'content', ?, 10)";
    double gain = new Relevance().gainAtTen(run(sql, i -> new Object[] {texts.get(i)}));
    print("BM25 of plain words", gain);
    assertThat(gain).isGreaterThan(0.50);
  }

  @Test
  void fusedByReciprocalRank() throws SQLException {
    String sql =
        """
        WITH legs AS (
          SELECT id, 'dense' AS leg, score FROM VECTOR_SEARCH('docs', 'embedding', ?, 100)
          UNION ALL
          SELECT id, 'words', score FROM SPARSE_MATCH('docs', 'words', ?, 100)),
        ranked AS (
          SELECT id, ROW_NUMBER() OVER (PARTITION BY leg ORDER BY score DESC, id) AS place
          FROM legs)
        SELECT id FROM ranked GROUP BY id ORDER BY SUM(1e0 / (60 + place)) DESC, id LIMIT 10
        """;
    check("RRF, k = 60", 0.5527, run(sql, i -> new Object[] {dense[i], words[i]}));
  }

  @Test
  void fusedByDistributionOfScores() throws SQLException {
    String sql =
        """
        WITH legs AS (
          SELECT id, 'dense' AS leg, score FROM VECTOR_SEARCH('docs', 'embedding', ?, 100)
          UNION ALL
          SELECT id, 'words', score FROM SPARSE_MATCH('docs', 'words', ?, 100)),
        scaled AS (
          SELECT id,
            (score - (AVG(score) OVER w - 3 * STDDEV_POP(score) OVER w))
              / NULLIF(6 * STDDEV_POP(score) OVER w, 0) AS part
          FROM legs WINDOW w AS (PARTITION BY leg))
        SELECT id FROM scaled GROUP BY id ORDER BY SUM(part) DESC, id LIMIT 10
        """;
    List<int[]> rankings = run(sql, i -> new Object[] {dense[i], words[i]});
    double expected = new Relevance().gainAtTen(fusedHere());
    check("DBSF", expected, rankings);
  }

  @Test
  void maxSimOverWhatDenseSearchFound() throws SQLException {
    String sql =
        """
        SELECT id FROM MAXSIM((SELECT * FROM VECTOR_SEARCH('docs', 'embedding', ?, 100)),
          'tokens', ?, 10)
        """;
    check("MaxSim of the dense 100", 0.5230, run(sql, i -> new Object[] {dense[i], tokens[i]}));
  }

  @Test
  void maxSimOverAll() throws SQLException {
    String sql = "SELECT id FROM MAXSIM('docs', 'tokens', ?, 10)";
    List<int[]> rankings = run(sql, i -> new Object[] {tokens[i]});
    assertThat(rankings).allSatisfy(ranking -> assertThat(ranking).doesNotContain(470, 994));
    check("MaxSim of all", 0.5229, rankings);
  }

  private interface Parameters {
    Object[] ofQuery(int query);
  }

  private static List<int[]> run(String sql, Parameters parameters) throws SQLException {
    List<int[]> rankings = new ArrayList<>();
    try (PreparedStatement search = connection.prepareStatement(sql)) {
      for (int i = 0; i < dense.length; i++) {
        Object[] values = parameters.ofQuery(i);
        for (int p = 0; p < values.length; p++) {
          search.setObject(p + 1, values[p]);
        }
        List<Integer> ids = new ArrayList<>();
        try (ResultSet rows = search.executeQuery()) {
          while (rows.next()) {
            ids.add(rows.getInt(1));
          }
        }
        rankings.add(ids.stream().mapToInt(Integer::intValue).toArray());
      }
    }
    return rankings;
  }

  private static void check(String what, double reference, List<int[]> rankings) {
    double gain = new Relevance().gainAtTen(rankings);
    print(what + " (reference %.4f)".formatted(reference), gain);
    assertThat(gain).as(what).isCloseTo(reference, within(1e-3));
  }

  private static void print(String what, double gain) {
    System.out.printf("Cranfield nDCG@10 by SQL: %.4f  %s%n", gain, what);
  }

  /** Distribution-based score fusion without SQL: the sum of scores, each scaled by its leg. */
  private static List<int[]> fusedHere() throws SQLException {
    List<Map<Integer, Double>> sums = new ArrayList<>();
    for (int i = 0; i < dense.length; i++) {
      sums.add(new HashMap<>());
    }
    for (String leg :
        List.of(
            "VECTOR_SEARCH('docs', 'embedding', ?, 100)",
            "SPARSE_MATCH('docs', 'words', ?, 100)")) {
      try (PreparedStatement search = connection.prepareStatement("SELECT id, score FROM " + leg)) {
        for (int i = 0; i < dense.length; i++) {
          search.setObject(1, leg.startsWith("VECTOR") ? dense[i] : words[i]);
          Map<Integer, Double> scores = new HashMap<>();
          try (ResultSet rows = search.executeQuery()) {
            while (rows.next()) {
              scores.put(rows.getInt(1), rows.getDouble(2));
            }
          }
          add(scores, sums.get(i));
        }
      }
    }
    return sums.stream()
        .map(
            sum ->
                sum.entrySet().stream()
                    .sorted(
                        Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .mapToInt(Map.Entry::getKey)
                    .toArray())
        .toList();
  }

  private static void add(Map<Integer, Double> scores, Map<Integer, Double> sums) {
    double mean = scores.values().stream().mapToDouble(score -> score).average().orElse(0);
    double variance =
        scores.values().stream().mapToDouble(s -> (s - mean) * (s - mean)).average().orElse(0);
    double spread = Math.sqrt(variance);
    scores.forEach(
        (id, score) -> sums.merge(id, (score - (mean - 3 * spread)) / (6 * spread), Double::sum));
  }

  private static SparseVector[] sparse(String name) {
    SparseVectorValue[] read = RealData.csr(name);
    SparseVector[] vectors = new SparseVector[read.length];
    for (int i = 0; i < read.length; i++) {
      vectors[i] = new SparseVector(read[i].indices(), read[i].weights());
    }
    return vectors;
  }

  private static float[][][] tokens(String name) {
    short[][] halves = RealData.halfTokens(name);
    float[][][] all = new float[halves.length][][];
    for (int i = 0; i < halves.length; i++) {
      all[i] = new float[halves[i].length / TOKEN_DIMENSION][TOKEN_DIMENSION];
      for (int at = 0; at < halves[i].length; at++) {
        all[i][at / TOKEN_DIMENSION][at % TOKEN_DIMENSION] = Float.float16ToFloat(halves[i][at]);
      }
    }
    return all;
  }

  private static List<String> texts(String name) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(RealData.file(name))) {
      JsonNode object = mapper.readTree(line);
      texts.add(object.get("text").asText());
    }
    return texts;
  }

  private static boolean isThere() {
    return Files.exists(
        Path.of(System.getProperty("quiver.data", ""), "cranfield/dense_docs.fvecs"));
  }
}

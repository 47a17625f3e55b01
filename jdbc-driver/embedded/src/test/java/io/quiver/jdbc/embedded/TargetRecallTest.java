package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code target_recall} on vectors that are hard to tell apart. */
class TargetRecallTest {
  private static final int ROWS = 6_000;
  private static final int DIMENSION = 48;
  private static final Pattern EF = Pattern.compile("ef_search=(\\d+)");
  private static final long SEED = Long.getLong("quiver.seed", 11);

  private static Connection connection;

  @BeforeAll
  static void fill() throws SQLException {
    connection = DriverManager.getConnection("jdbc:quiver::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, e VECTOR(" + DIMENSION + "))");
    }
    Random random = new Random(SEED);
    try (PreparedStatement put =
        connection.prepareStatement("INSERT INTO docs (id, e) VALUES (?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        put.setInt(1, i);
        put.setObject(2, vector(random));
        put.addBatch();
      }
      put.executeBatch();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("OPTIMIZE TABLE docs");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  @Test
  void moreRecallTakesMoreCandidates() throws SQLException {
    int few = efSearch(0.5);
    int many = efSearch(0.99);

    assertThat(few).as("seed %d", SEED).isLessThan(many);
    assertThat(efSearch(0.99)).isEqualTo(many);
  }

  @Test
  void findsTheShareThatWasAskedFor() throws SQLException {
    Random random = new Random(SEED + 1);
    for (int query = 0; query < 40; query++) {
      search(vector(random), "target_recall => 0.9");
    }
    int found = 0;
    for (int query = 0; query < 30; query++) {
      float[] vector = vector(random);
      Set<Integer> nearest = search(vector, "exact => TRUE");
      nearest.retainAll(search(vector, "target_recall => 0.9"));
      found += nearest.size();
    }

    assertThat(found / 300.0).as("seed %d", SEED).isGreaterThan(0.85);
  }

  @Test
  void recallIsMeasured() throws SQLException {
    assertThat(recall(10)).as("seed %d", SEED).isLessThan(recall(400));
    assertThat(recall(400)).isGreaterThan(0.9);
  }

  private static double recall(int efSearch) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT recall FROM VECTOR_RECALL('docs', 'e', k => 10, sample => 40, ef_search => "
                    + efSearch
                    + ")")) {
      assertThat(rows.next()).isTrue();
      return rows.getDouble(1);
    }
  }

  private static Set<Integer> search(float[] query, String option) throws SQLException {
    try (PreparedStatement search =
        connection.prepareStatement(
            "SELECT id FROM VECTOR_SEARCH('docs', 'e', ?, 10, " + option + ")")) {
      search.setObject(1, query);
      Set<Integer> found = new HashSet<>();
      try (ResultSet rows = search.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getInt(1));
        }
      }
      return found;
    }
  }

  private static int efSearch(double target) throws SQLException {
    try (PreparedStatement explain =
        connection.prepareStatement(
            "EXPLAIN SELECT id FROM VECTOR_SEARCH('docs', 'e', ?, 10, target_recall => "
                + target
                + ")")) {
      explain.setObject(1, vector(new Random(SEED + 2)));
      StringBuilder plan = new StringBuilder();
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      Matcher efSearch = EF.matcher(plan);
      assertThat(efSearch.find()).as("EXPLAIN tells ef_search:%n%s", plan).isTrue();
      return Integer.parseInt(efSearch.group(1));
    }
  }
}

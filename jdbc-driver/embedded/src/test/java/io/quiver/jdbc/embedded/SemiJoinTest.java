package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Searches inside what other tables admit, against the same joins compared row by row. */
class SemiJoinTest {
  private static final int ROWS = 300;
  private final long seed = Long.getLong("quiver.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void findsWhatComparingEveryJoinedRowFinds() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:")) {
      fill(connection);
      int[] owners = {1, 2, 3, 4};
      for (int round = 0; round < 8; round++) {
        int owner = owners[round % owners.length];
        int limit = 1 + random.nextInt(12);
        String condition =
            switch (random.nextInt(3)) {
              case 0 -> "";
              case 1 -> " AND d.lang = 'l" + random.nextInt(3) + "'";
              default -> " AND d.n < " + random.nextInt(100);
            };
        float[] query = vector();
        for (String from : sources(owner)) {
          String sql = "SELECT d.id FROM " + from + condition + " ORDER BY d.e <-> ? ";
          // A second key makes it no search, and orders as the first does.
          List<Long> exact = ids(connection, sql + ", 0 * d.id LIMIT " + limit, query);
          List<Long> searched = ids(connection, sql + "LIMIT " + limit, query);
          assertThat(searched).as("seed %d: %s LIMIT %d", seed, sql, limit).isEqualTo(exact);
        }
      }
    }
  }

  /** Owner 1 may read nothing, 2 one row, 3 a third, 4 everything; some rows twice. */
  private static List<String> sources(int owner) {
    return List.of(
        "docs d JOIN permissions p ON p.doc = d.id WHERE p.who = " + owner,
        "docs d JOIN permissions p ON p.doc = d.id JOIN users u ON u.id = p.who WHERE u.id = "
            + owner,
        "permissions p JOIN docs d ON d.id = p.doc AND d.n = p.n WHERE p.who = " + owner,
        "docs d WHERE d.id IN (SELECT p.doc FROM permissions p WHERE p.who = " + owner + ")",
        "docs d WHERE EXISTS (SELECT 1 FROM permissions p WHERE p.doc = d.id AND p.who = "
            + owner
            + ")",
        "docs d WHERE NOT EXISTS (SELECT 1 FROM permissions p WHERE p.doc = d.id AND p.who = "
            + owner
            + ")",
        "docs d LEFT JOIN users u ON u.id = d.n WHERE d.n >= " + owner);
  }

  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE docs (id BIGINT PRIMARY KEY, lang VARCHAR, n INTEGER, e VECTOR(4))");
      statement.execute("CREATE INDEX docs_e ON docs USING HNSW (e vector_l2_ops)");
      statement.execute("CREATE TABLE permissions (doc BIGINT, who INTEGER, n INTEGER)");
      statement.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)");
      statement.execute("INSERT INTO users VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
    }
    try (PreparedStatement docs = connection.prepareStatement("INSERT INTO docs VALUES (?,?,?,?)");
        PreparedStatement permissions =
            connection.prepareStatement("INSERT INTO permissions VALUES (?,?,?)")) {
      for (int id = 0; id < ROWS; id++) {
        int n = random.nextInt(100);
        docs.setLong(1, id);
        docs.setString(2, id % 7 == 0 ? null : "l" + id % 3);
        docs.setInt(3, n);
        docs.setObject(4, vector());
        docs.addBatch();
        permit(permissions, id, 4, n);
        if (id % 3 == 0) {
          permit(permissions, id, 3, random.nextInt(100));
          permit(permissions, id, 3, n);
        }
        if (id == 17) {
          permit(permissions, id, 2, n);
        }
      }
      docs.executeBatch();
      permissions.executeBatch();
    }
  }

  private static void permit(PreparedStatement permissions, long doc, int who, int n)
      throws SQLException {
    permissions.setLong(1, doc);
    permissions.setInt(2, who);
    permissions.setInt(3, n);
    permissions.addBatch();
  }

  private float[] vector() {
    float[] vector = new float[4];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static List<Long> ids(Connection connection, String sql, float[] query)
      throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, query);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }
}

package io.quiver.server.operate;

import io.quiver.jdbc.embedded.QuiverDatabase;
import io.quiver.sql.parser.QuotedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does what the first client would otherwise wait for: classes are loaded, kernels compiled, plans
 * made, and files that are read for the first time are compared with their checksums.
 */
public final class WarmUp {
  private static final int DIMENSION = 384;
  private static final int ROWS = 1_200;
  private static final int SEARCHES = 1_500;
  private static final int SEARCHES_AN_INDEX = 64;
  private static final AtomicBoolean KERNELS = new AtomicBoolean();

  private WarmUp() {}

  /**
   * Searches a small database in memory, once in a process, until that is as quick as it gets.
   *
   * @param most time it may take
   */
  public static void kernels(Duration most) throws SQLException {
    if (!KERNELS.compareAndSet(false, true)) {
      return;
    }
    long deadline = System.nanoTime() + most.toNanos();
    SplittableRandom random = new SplittableRandom(1);
    try (QuiverDatabase scratch = QuiverDatabase.inMemory();
        Connection connection = scratch.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id BIGINT PRIMARY KEY, word VARCHAR, e VECTOR(" + DIMENSION + "))");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?,?,?)")) {
        for (int row = 0; row < ROWS; row++) {
          insert.setLong(1, row);
          insert.setString(2, row % 3 == 0 ? "en" : "fr");
          insert.setObject(3, vector(random));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      statement.execute("OPTIMIZE TABLE t");
      String search = "SELECT id, word, score FROM VECTOR_SEARCH('t', 'e', ?, 10)";
      try (PreparedStatement plain = connection.prepareStatement(search);
          PreparedStatement filtered = connection.prepareStatement(search + " WHERE word = 'en'")) {
        for (int i = 0; i < SEARCHES && System.nanoTime() - deadline < 0; i++) {
          search(i % 4 == 0 ? filtered : plain, vector(random));
        }
      }
      read(statement, "SELECT word, COUNT(*) FROM t WHERE id > 5 GROUP BY word ORDER BY 2 DESC");
    }
  }

  /**
   * Searches each vector index of a database a few times, by vectors that are in it.
   *
   * @param most time after which no other search is begun with, but the first of an index
   */
  public static void indexes(QuiverDatabase database, Duration most) throws SQLException {
    long deadline = System.nanoTime() + most.toNanos();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (Indexed index : indexed(statement)) {
        if (System.nanoTime() - deadline >= 0) {
          break;
        }
        List<float[]> some = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(index.sample())) {
          while (rows.next()) {
            some.add(rows.getObject(1, float[].class));
          }
        }
        try (PreparedStatement search = connection.prepareStatement(index.search())) {
          for (int i = 0; i < some.size() && (i == 0 || System.nanoTime() - deadline < 0); i++) {
            search(search, some.get(i));
          }
        }
      }
      read(
          statement,
          "SELECT table_name, COUNT(*) FROM information_schema.columns GROUP BY table_name LIMIT"
              + " 3");
    }
  }

  private static List<Indexed> indexed(Statement statement) throws SQLException {
    List<Indexed> found = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT i.table_schema, i.table_name, i.column_name FROM quiver.vector_indexes i"
                + " JOIN information_schema.columns c ON i.table_schema = c.table_schema"
                + " AND i.table_name = c.table_name AND i.column_name = c.column_name"
                + " WHERE i.m IS NOT NULL AND i.metric <> 'maxsim' AND i.rows_total > 0")) {
      while (rows.next()) {
        found.add(new Indexed(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return found;
  }

  /** A column that a graph is kept of. */
  private record Indexed(String schema, String table, String column) {
    String sample() {
      return "SELECT "
          + QuotedName.of(column)
          + " FROM "
          + QuotedName.of(schema)
          + '.'
          + QuotedName.of(table)
          + " WHERE "
          + QuotedName.of(column)
          + " IS NOT NULL LIMIT "
          + SEARCHES_AN_INDEX;
    }

    String search() {
      return "SELECT * FROM VECTOR_SEARCH(TABLE "
          + QuotedName.of(schema)
          + '.'
          + QuotedName.of(table)
          + ", '"
          + column.replace("'", "''")
          + "', ?, 10)";
    }
  }

  private static void search(PreparedStatement search, float[] vector) throws SQLException {
    search.setObject(1, vector);
    try (ResultSet rows = search.executeQuery()) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
  }

  private static void read(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
  }

  private static float[] vector(SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    return vector;
  }
}

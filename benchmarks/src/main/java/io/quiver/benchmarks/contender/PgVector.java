package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with pgvector, where {@code -Dpg.url=jdbc:postgresql:...} says that one runs. */
public final class PgVector implements DenseContender {
  private static final int BATCH = 500;

  private final String url;
  private final Connection connection;
  private final int dimension;

  private PgVector(String url, int dimension) throws SQLException {
    this.url = url;
    this.dimension = dimension;
    this.connection = DriverManager.getConnection(url);
  }

  /** The server that was named, if one was. */
  public static Optional<PgVector> running(int dimension) throws SQLException {
    String url = System.getProperty("pg.url", "");
    return url.isEmpty() ? Optional.empty() : Optional.of(new PgVector(url, dimension));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Fills a table of its own and indexes it. */
  public void fill(VectorSet set) throws SQLException {
    run("CREATE EXTENSION IF NOT EXISTS vector");
    run("DROP TABLE IF EXISTS quiver_bench");
    run("CREATE TABLE quiver_bench (id BIGINT PRIMARY KEY, e vector(" + dimension + "))");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO quiver_bench VALUES (?, CAST(? AS vector))")) {
      int rows = set.rows().count();
      for (int row = 0; row < rows; row++) {
        insert.setLong(1, row);
        insert.setString(2, Arrays.toString(set.rows().get(row)));
        insert.addBatch();
        if ((row + 1) % BATCH == 0 || row + 1 == rows) {
          insert.executeBatch();
        }
      }
    }
    run("CREATE INDEX ON quiver_bench USING hnsw (e vector_cosine_ops)");
  }

  @Override
  public String name() {
    return "pgvector";
  }

  @Override
  public String configuration() {
    return "hnsw with its own m and ef_construction, pgjdbc, the vector as text";
  }

  @Override
  public Searcher searcher(int effort, @Nullable RankFilter filter) throws SQLException {
    Connection own = DriverManager.getConnection(url);
    try (Statement statement = own.createStatement()) {
      statement.execute("SET hnsw.ef_search = " + effort);
    }
    PreparedStatement search =
        own.prepareStatement(
            "SELECT id FROM quiver_bench ORDER BY e <=> CAST(? AS vector) LIMIT ?");
    return new Searcher() {
      @Override
      public int search(float[] query, long[] found) throws SQLException {
        search.setString(1, Arrays.toString(query));
        search.setInt(2, found.length);
        int count = 0;
        try (ResultSet rows = search.executeQuery()) {
          while (rows.next()) {
            found[count++] = rows.getLong(1);
          }
        }
        return count;
      }

      @Override
      public void close() throws SQLException {
        own.close();
      }
    };
  }

  @Override
  public void close() throws SQLException {
    run("DROP TABLE IF EXISTS quiver_bench");
    connection.close();
  }
}

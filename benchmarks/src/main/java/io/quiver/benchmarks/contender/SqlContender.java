package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.Payload;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database with the passages' ordinary columns in {@code facts} and a table of 1,000 places they
 * refer to.
 *
 * @param name for the report
 */
public record SqlContender(String name, Connection connection) implements AutoCloseable {
  /** Rows of the table referred to. */
  private static final int PLACES = 1_000;

  private static final int BATCH = 1_000;

  /** Embedded Quiver, H2 in memory (told not to answer from the last result), DuckDB in memory. */
  public static List<SqlContender> open(Path folder) throws SQLException {
    SqlContender duck = new SqlContender("DuckDB", DriverManager.getConnection("jdbc:duckdb:"));
    duck.run("SET threads = 1");
    return List.of(
        new SqlContender(
            "Quiver JDBC", DriverManager.getConnection("jdbc:quiver:" + folder.toAbsolutePath())),
        new SqlContender(
            "H2",
            DriverManager.getConnection(
                "jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=0", "sa", "")),
        duck);
  }

  /** Creates and fills both tables, with an index on the columns that are filtered by. */
  public SqlContender fill(List<Payload> payloads) throws SQLException {
    run(
        "CREATE TABLE facts (id BIGINT NOT NULL PRIMARY KEY, repo VARCHAR, ext VARCHAR,"
            + " length INTEGER, released INTEGER, lang VARCHAR, place INTEGER)");
    run("CREATE TABLE places (place INTEGER NOT NULL PRIMARY KEY, region VARCHAR)");
    run("CREATE INDEX facts_lang ON facts (lang)");
    run("CREATE INDEX facts_repo ON facts (repo)");
    connection.setAutoCommit(name.startsWith("Quiver"));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO places VALUES (?, ?)")) {
      for (int place = 0; place < PLACES; place++) {
        insert.setInt(1, place);
        insert.setString(2, "region " + place % 20);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (Payload payload : payloads) {
        insert.setLong(1, payload.id());
        insert.setString(2, payload.repo());
        insert.setString(3, payload.ext());
        insert.setInt(4, payload.length());
        insert.setInt(5, payload.year());
        insert.setString(6, payload.lang());
        insert.setInt(7, payload.id() % PLACES);
        insert.addBatch();
        if ((payload.id() + 1) % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    if (!connection.getAutoCommit()) {
      connection.commit();
      connection.setAutoCommit(true);
    }
    if (name.startsWith("Quiver")) {
      run("OPTIMIZE TABLE facts");
    }
    return this;
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads a statement's whole result; returns how many rows it had. */
  public static int drain(PreparedStatement statement) throws SQLException {
    int count = 0;
    try (ResultSet rows = statement.executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      int width = columns.getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= width; i++) {
          rows.getObject(i);
        }
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

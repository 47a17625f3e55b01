package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.jdbc.embedded.QuiverDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  /** Whatever they are called and made of; and once again, which finds the kernels warm. */
  @Test
  void everyIndexOfVectorsIsSearched() throws SQLException {
    try (QuiverDatabase database = QuiverDatabase.inMemory();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA other");
      statement.execute(
          "CREATE TABLE other.\"Mixed\" (id BIGINT PRIMARY KEY, \"E\" VECTOR(3), i VECTOR(2,"
              + " INT8))");
      statement.execute("INSERT INTO other.\"Mixed\" VALUES (1, '[1,2,3]', '[1,2]')");
      statement.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY, e VECTOR(2))");
      statement.execute(
          "CREATE TABLE texts (id BIGINT PRIMARY KEY, words VARCHAR, t MULTIVECTOR(2))");
      statement.execute("CREATE INDEX ON texts USING BM25 (words)");
      statement.execute("INSERT INTO texts VALUES (1, 'two words', '[[1,2]]')");
      WarmUp.kernels(Duration.ofSeconds(3));
      WarmUp.kernels(Duration.ofSeconds(3));
      WarmUp.indexes(database, Duration.ofSeconds(10));
      assertThat(searches(statement)).as("one of each of the two columns' row").isEqualTo(2);
    }
  }

  private static long searches(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT SUM(calls) FROM quiver.statements WHERE statement LIKE '%VECTOR_SEARCH%'")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}

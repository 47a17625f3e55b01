package io.quiver.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.jdbc.embedded.QuiverDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avatica's own remote driver, which knows nothing of Quiver, in both of its forms. */
class StockDriverTest {
  private QuiverDatabase database;
  private OpenServer server;

  @BeforeEach
  void start() throws Exception {
    database = QuiverDatabase.inMemory();
    server = new OpenServer(database.runner());
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private Connection connect(String form) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:" + server.port() + ";serialization=" + form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROTOBUF", "JSON"})
  void emptyStatementsAreRefused(String form) throws SQLException {
    try (Connection connection = connect(form);
        Statement statement = connection.createStatement()) {
      // Protobuf says nothing at all of an empty text.
      assertThatThrownBy(() -> statement.execute("")).hasMessageContaining("42601");
      assertThatThrownBy(() -> connection.prepareStatement("")).hasMessageContaining("42601");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROTOBUF", "JSON"})
  void definesWritesSearchesAndReads(String form) throws SQLException {
    try (Connection connection = connect(form);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id BIGINT PRIMARY KEY, lang VARCHAR, e VECTOR(2))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO docs VALUES (?, ?, ?)")) {
        for (int i = 0; i < 250; i++) {
          insert.setLong(1, i);
          insert.setString(2, i % 2 == 0 ? "en" : "fr");
          insert.setString(3, "[" + i + ", 1]");
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(250).containsOnly(1);
      }
      try (PreparedStatement search =
          connection.prepareStatement(
              "SELECT id, e, score FROM VECTOR_SEARCH('docs', 'e', ?, 3) WHERE lang = ?")) {
        search.setString(1, "[0, 1]");
        search.setString(2, "fr");
        try (ResultSet hits = search.executeQuery()) {
          assertThat(hits.next()).isTrue();
          assertThat(hits.getLong(1)).isEqualTo(1);
          assertThat(hits.getString(2)).isEqualTo("[1.0,1.0]");
          assertThat(hits.getDouble(3)).isBetween(0.7, 0.71);
          assertThat(hits.getMetaData().getColumnTypeName(2)).isEqualTo("VECTOR(2)");
        }
      }
      statement.setFetchSize(40);
      List<Long> ids = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT id FROM docs ORDER BY id")) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      assertThat(ids).hasSize(250).isSorted().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROTOBUF", "JSON"})
  void readsMetadataAndErrors(String form) throws SQLException {
    try (Connection connection = connect(form);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id BIGINT PRIMARY KEY, e VECTOR(2))");
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = connection.getMetaData().getColumns(null, "public", "docs", "%")) {
        while (rows.next()) {
          columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME"));
        }
      }
      assertThat(columns).containsExactly("id BIGINT", "e VECTOR");
      assertThatThrownBy(() -> statement.executeQuery("SELECT nope FROM docs"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("QV-")
          .hasMessageNotContaining("\tat ")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42703"));
    }
  }
}

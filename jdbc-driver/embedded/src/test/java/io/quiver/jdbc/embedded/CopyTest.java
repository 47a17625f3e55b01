package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
  @TempDir Path directory;

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:quiver::memory:");
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE t (id BIGINT PRIMARY KEY, title VARCHAR, doc JSON, tags VARCHAR ARRAY,"
            + " price DECIMAL(8, 2), at TIMESTAMP, e VECTOR(2), s SPARSEVEC, m MULTIVECTOR(2))");
    statement.execute(
        "INSERT INTO t VALUES (1, 'a \"b\", c', '{\"x\": [1, 2]}', ARRAY['p', 'q'], 2.50, TIMESTAMP"
            + " '2024-01-02 03:04:05', '[0.5,1]', '{\"indices\": [3], \"values\": [0.5]}',"
            + " '[[1,2],[3,4]]'), (2, '', NULL, NULL, NULL, NULL, '[1,0]', NULL, NULL)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String file(String name) {
    return directory.resolve(name).toString().replace("'", "''");
  }

  private String rows(String table) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(rows.getString(i)).append('|');
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void jsonLinesComeBackAsTheyWent() throws SQLException, IOException {
    assertThat(statement.executeUpdate("COPY t TO '" + file("t.jsonl") + "'")).isEqualTo(2);
    assertThat(Files.readAllLines(directory.resolve("t.jsonl")).getFirst())
        .isEqualTo(
            "{\"id\":1,\"title\":\"a \\\"b\\\", c\",\"doc\":{\"x\": [1, 2]},\"tags\":[\"p\",\"q\"],"
                + "\"price\":2.50,\"at\":\"2024-01-02 03:04:05\",\"e\":[0.5,1.0],"
                + "\"s\":{\"indices\":[3],\"values\":[0.5]},\"m\":[[1.0,2.0],[3.0,4.0]]}");
    String before = rows("t");
    statement.execute("TRUNCATE TABLE t");
    assertThat(statement.executeUpdate("COPY t FROM '" + file("t.jsonl") + "'")).isEqualTo(2);
    assertThat(rows("t").replace("{\"x\": [1, 2]}", "{\"x\":[1,2]}"))
        .isEqualTo(before.replace("{\"x\": [1, 2]}", "{\"x\":[1,2]}"));
  }

  @Test
  void csvGivesNamedColumns() throws SQLException, IOException {
    assertThat(
            statement.executeUpdate(
                "COPY (SELECT id, title, price FROM t) TO '" + file("t.csv") + "'"))
        .isEqualTo(2);
    statement.execute("CREATE TABLE c (id INTEGER PRIMARY KEY, title VARCHAR, price DOUBLE)");
    assertThat(
            statement.executeUpdate(
                "COPY c FROM '" + file("t.csv") + "' (FORMAT csv, HEADER true)"))
        .isEqualTo(2);
    assertThat(rows("c")).startsWith("1|a \"b\", c|2.5|\n2|");
    assertThat(
            statement.executeUpdate(
                "COPY c (id, title) FROM '" + file("t.csv") + "' (UPSERT true)"))
        .isEqualTo(2);
    assertThat(rows("c")).startsWith("1|a \"b\", c|null|\n2|");
    Files.writeString(directory.resolve("bare.csv"), "7;seven\n");
    assertThat(
            statement.executeUpdate(
                "COPY c FROM '" + file("bare.csv") + "' (HEADER 'id,title', DELIMITER ';')"))
        .isEqualTo(1);
    assertThat(rows("c")).endsWith("7|seven|null|\n");
  }

  @Test
  void vectorsGoAsFvecsAndNpy() throws SQLException {
    for (String name : new String[] {"v.fvecs", "v.npy"}) {
      statement.executeUpdate("COPY (SELECT e FROM t ORDER BY id) TO '" + file(name) + "'");
      statement.execute("DROP TABLE IF EXISTS v");
      statement.execute(
          "CREATE TABLE v (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, e VECTOR(2))");
      assertThat(statement.executeUpdate("COPY v (e) FROM '" + file(name) + "' (VECTOR e)"))
          .isEqualTo(2);
      assertThat(rows("v")).isEqualTo("1|[0.5,1.0]|\n2|[1.0,0.0]|\n");
      assertThatThrownBy(() -> statement.executeUpdate("COPY v (e) FROM '" + file(name) + "'"))
          .hasMessageContaining("none of the first 1000 rows of the file has a field \"e\"");
    }
  }

  @Test
  void csvOfEveryTypeComesBack() throws SQLException {
    String columns = "id, title, doc, price, at, e, s, m";
    statement.executeUpdate("COPY (SELECT " + columns + " FROM t) TO '" + file("a.csv.gz") + "'");
    String before = rows("t").replace("[p, q]", "null");
    statement.execute("TRUNCATE TABLE t");
    assertThat(statement.executeUpdate("COPY t (" + columns + ") FROM '" + file("a.csv.gz") + "'"))
        .isEqualTo(2);
    assertThat(rows("t")).isEqualTo(before);
  }

  @Test
  void jsonOfSeveralLinesIsOneLine() throws SQLException, IOException {
    statement.execute("CREATE TABLE j (id BIGINT PRIMARY KEY, doc JSON, d DOUBLE)");
    statement.execute("INSERT INTO j VALUES (1, '{\n \"x\": 1\n}', CAST('NaN' AS DOUBLE))");
    statement.executeUpdate("COPY j TO '" + file("j.jsonl") + "'");
    assertThat(Files.readAllLines(directory.resolve("j.jsonl")))
        .containsExactly("{\"id\":1,\"doc\":{  \"x\": 1 },\"d\":\"NaN\"}");
  }

  @Test
  void rowsOfMoreFieldsThanTheFirstAreNotCutShort() throws SQLException, IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_001; i++) {
      lines.append("{\"id\": ").append(100 + i).append(i < 1_000 ? "}\n" : ", \"title\": \"x\"}\n");
    }
    Files.writeString(directory.resolve("late.jsonl"), lines);
    assertThatThrownBy(() -> statement.executeUpdate("COPY t FROM '" + file("late.jsonl") + "'"))
        .hasMessageContaining("line 1001 of ")
        .hasMessageContaining(
            "field \"title\" is in none of the first 1000 rows; 1000 rows before it were loaded");
  }

  @Test
  void aBatchOfMergesSeesItsOwnRows() throws SQLException {
    statement.execute("CREATE TABLE c (id BIGINT PRIMARY KEY, n BIGINT)");
    try (PreparedStatement merge =
        connection.prepareStatement(
            "MERGE INTO c USING (VALUES (?, ?)) AS s (id, n) ON c.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET n = c.n + s.n"
                + " WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)")) {
      for (long[] row : new long[][] {{1, 10}, {2, 20}, {1, 1}}) {
        merge.setLong(1, row[0]);
        merge.setLong(2, row[1]);
        merge.addBatch();
      }
      assertThat(merge.executeBatch()).containsExactly(1, 1, 1);
    }
    assertThat(rows("c")).isEqualTo("1|11|\n2|20|\n");
  }

  @Test
  void badLinesAreToldByTheirNumber() throws SQLException, IOException {
    Files.writeString(
        directory.resolve("bad.jsonl"),
        """
        {"id": 10, "title": "ten"}
        {"id": "x", "title": "bad"}
        {"id": 11, "title": "eleven"
        {"id": 12, "title": "twelve"}
        """);
    String copy = "COPY t (id, title) FROM '" + file("bad.jsonl") + "'";
    assertThatThrownBy(() -> statement.executeUpdate(copy))
        .hasMessageContaining("line 2 of ")
        .hasMessageContaining("'x' is not a whole number; 1 rows before it were loaded");
    assertThat(statement.executeUpdate(copy + " (MAX_BAD 5, UPSERT true)")).isEqualTo(2);
    assertThat(statement.getWarnings().getMessage()).startsWith("line 2 was left out: ");
    assertThatThrownBy(() -> statement.executeUpdate(copy + " (MAX_BAD 5)"))
        .hasMessageContaining("of lines 1 to 4, row 1: table \"t\" has a row with (id) = (10)");
  }

  @Test
  void mistakesAreTold() {
    assertThatThrownBy(() -> statement.executeUpdate("COPY t FROM '" + file("none.jsonl") + "'"))
        .hasMessageContaining("there is no file ")
        .hasMessageContaining("that can be read");
    assertThatThrownBy(() -> statement.executeUpdate("COPY t TO '" + file("t.parquet") + "'"))
        .hasMessageContaining("does not tell what the file holds");
    assertThatThrownBy(
            () -> statement.executeUpdate("COPY t TO '" + file("t.x") + "' (FORMAT parquet)"))
        .hasMessageContaining("Parquet files are not read or written");
    assertThatThrownBy(() -> statement.executeUpdate("COPY t TO '" + file("t.npy") + "'"))
        .hasMessageContaining("holds one column of vectors and nothing else");
    assertThatThrownBy(
            () -> statement.executeUpdate("COPY t TO '" + file("t.csv") + "' (FROMAT csv)"))
        .hasMessageContaining("did you mean \"format\"?");
    assertThatThrownBy(
            () -> statement.executeUpdate("COPY t TO '" + file("t.csv") + "' (UPSERT true)"))
        .hasMessageContaining("option upsert is for COPY FROM");
    assertThatThrownBy(() -> statement.executeUpdate("COPY t TO '" + directory + "' (FORMAT csv)"))
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> statement.executeUpdate("COPY t TO '" + file("no/such/dir.csv") + "'"))
        .hasMessageContaining("cannot be written");
  }
}

package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BM25 over a text column, through SQL alone. */
class TextIndexTest {
  private static final String SEARCH =
      "SELECT id FROM SPARSE_MATCH('docs', 'content', 'flying aircraft', 10) WHERE id < 100";

  @TempDir Path directory;

  @Test
  void findsRowsWrittenBeforeAndAfterAndOnceReopened() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id INT PRIMARY KEY, content TEXT)");
      statement.execute(
          "INSERT INTO docs VALUES (1, 'An aircraft flies'), (2, 'Cooking with oil'), (3, NULL)");
      statement.execute("CREATE INDEX ON docs USING BM25 (content) WITH (k1 = 1.5, b = 0.5)");
      statement.execute("INSERT INTO docs VALUES (4, 'Flying an AIRCRAFT, an aircraft'), (5, '')");
      statement.execute("INSERT INTO docs VALUES (100, 'flying aircraft')");
      assertThat(rows(statement, SEARCH)).containsExactly("4", "1");
      statement.execute("UPDATE docs SET content = 'nothing' WHERE id = 4");
      assertThat(rows(statement, SEARCH)).containsExactly("1");
      assertThat(rows(statement, "SELECT * FROM docs WHERE id = 1")).containsExactly("1");
      assertThat(
              rows(
                  statement,
                  "SELECT index_type FROM information_schema.indexes WHERE index_name ="
                      + " 'docs_content_bm25'"))
          .containsExactly("BM25");
    }
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement, SEARCH)).containsExactly("1");
      statement.execute("DROP INDEX docs_content_bm25");
      assertThatThrownBy(() -> rows(statement, SEARCH)).hasMessageContaining("has no BM25 index");
      statement.execute("CREATE INDEX ON docs USING BM25 (content)");
      assertThat(rows(statement, SEARCH)).containsExactly("1");
    }
  }

  @Test
  void refusesWhatIsNoText() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id INT PRIMARY KEY, content TEXT)");
      assertThatThrownBy(() -> statement.execute("CREATE INDEX ON docs USING BM25 (id)"))
          .hasMessageContaining("A BM25 index is over text, and id is INTEGER");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "CREATE INDEX ON docs USING BM25 (content) WITH (language = 'englisch')"))
          .hasMessageContaining("No language englisch")
          .hasMessageContaining("Did you mean english?");
      assertThatThrownBy(
              () -> statement.execute("CREATE INDEX ON docs USING BM25 (content) WITH (b = 2)"))
          .hasMessageContaining("b is 2, not a number from 0 to 1");
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:quiver:" + directory.resolve("db"));
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}

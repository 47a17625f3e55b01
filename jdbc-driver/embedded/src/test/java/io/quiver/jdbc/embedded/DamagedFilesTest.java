package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who sends SQL learns of files that are damaged, cut, gone or not ours. */
class DamagedFilesTest {
  @TempDir Path folder;
  private Path directory;

  @BeforeEach
  void write() throws SQLException {
    directory = folder.resolve("data");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id BIGINT PRIMARY KEY, title VARCHAR, v VECTOR(2))");
      statement.execute(
          "INSERT INTO docs VALUES (1, 'one', '[1,0]'), (2, 'two', '[0,1]'), (3, 'three',"
              + " '[1,1]')");
      statement.execute("OPTIMIZE TABLE docs");
    }
    connectAndClose();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:quiver:" + directory);
  }

  private void connectAndClose() throws SQLException {
    connect().close();
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  /** Where a section of a file starts, by the table that docs/format.md describes. */
  private static int section(Path file, String wanted) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int footer = bytes.capacity() - 32;
    bytes.position((int) bytes.getLong(footer));
    while (bytes.position() < footer) {
      byte[] name = new byte[bytes.getInt()];
      bytes.get(name);
      int offset = (int) bytes.getLong();
      bytes.position(bytes.position() + 12);
      if (new String(name, StandardCharsets.UTF_8).equals(wanted)) {
        return offset;
      }
    }
    throw new AssertionError("No section " + wanted);
  }

  private static List<String> strings(Statement statement, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  @Test
  void damagedColumnFailsWhatReadsItAndNothingElse() throws Exception {
    Path rows = file("rows");
    flip(rows, section(rows, "column.2"));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(strings(statement, "SELECT title FROM docs WHERE id >= 2 ORDER BY id"))
          .containsExactly("two", "three");
      String told =
          "File "
              + rows
              + " cannot be read: its section \"column.2\" is damaged. Restore the database from a"
              + " backup.";
      for (String sql :
          List.of(
              "SELECT v FROM docs",
              "SELECT id FROM VECTOR_SEARCH('docs', 'v', VECTOR '[1, 0]', 2) AS s")) {
        assertThatThrownBy(() -> strings(statement, sql))
            .as(sql)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(told)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("XX001");
      }
      statement.execute("INSERT INTO docs VALUES (4, 'four', '[0,1]')");
      assertThat(strings(statement, "SELECT title FROM docs WHERE id = 4")).containsExactly("four");
    }
  }

  @Test
  void cutFileIsRefusedAtOpening() throws Exception {
    Path rows = file("rows");
    byte[] bytes = Files.readAllBytes(rows);
    Files.write(rows, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(this::connectAndClose)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(
            "File "
                + rows
                + " cannot be read: its footer is damaged or its end is missing. Restore the"
                + " database from a backup.")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("XX001");
  }

  @Test
  void missingFileIsRefusedAtOpening() throws Exception {
    Path rows = file("rows");
    Files.delete(rows);
    assertThatThrownBy(this::connectAndClose)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("File " + rows + " cannot be read: the file is missing.");
  }

  @Test
  void foreignDirectoryIsRefusedAndLeftAlone() throws Exception {
    Path foreign = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(foreign.resolve("cat.jpg"), "a cat");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:quiver:" + foreign))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(
            "Directory "
                + foreign
                + " is not a Quiver database: it holds cat.jpg. Name an empty or a new"
                + " directory.");
    assertThat(foreign).isDirectoryContaining("glob:**cat.jpg");
    try (Stream<Path> files = Files.list(foreign)) {
      assertThat(files).hasSize(1);
    }
  }
}

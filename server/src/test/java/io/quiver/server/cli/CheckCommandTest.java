package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  @TempDir Path folder;
  private Path directory;

  /** What a command printed, and its exit code. */
  private record Ran(int status, String out, String errors) {}

  @BeforeEach
  void write() throws SQLException {
    directory = folder.resolve("data");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id BIGINT PRIMARY KEY, v VECTOR(2))");
      statement.execute("INSERT INTO docs VALUES (1, '[1,0]'), (2, '[0,1]')");
      statement.execute("OPTIMIZE TABLE docs");
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:quiver:" + directory);
  }

  private static Ran check(Path directory) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = QuiverCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(errors));
    int status = line.execute("check", directory.toString());
    return new Ran(status, out.toString(), errors.toString());
  }

  private Path rows() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.endsWith("rows")).findFirst().orElseThrow();
    }
  }

  @Test
  void goodDatabasePasses() {
    Ran ran = check(directory);
    assertThat(ran.out())
        .matches(
            "Checked 1 tables, 1 segments with 2 rows, \\d+ log records in \\S+ s: all is well\\R");
    assertThat(ran.status()).isZero();
  }

  @Test
  void damageIsNamedAndFailsTheCommand() throws IOException, SQLException {
    Path rows = rows();
    try (FileChannel file = FileChannel.open(rows, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {99}), 64);
    }
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Ran ran = check(directory);
    assertThat(ran.out().lines())
        .hasSize(3)
        .startsWith(
            "damage: File "
                + rows
                + " cannot be read: its section \"stamps\" is damaged. Restore the database from a"
                + " backup.",
            "note: File "
                + directory.resolve("notes.txt")
                + " is not part of a database. Move it elsewhere.")
        .last()
        .asString()
        .endsWith(" s: 1 thing is damaged");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void otherDirectoriesAreRefused() {
    assertThat(check(folder.resolve("nowhere")))
        .isEqualTo(new Ran(1, "", "There is no directory " + folder.resolve("nowhere") + "\n"));
    Ran ran = check(folder);
    assertThat(ran.errors())
        .startsWith("Directory " + folder + " holds no database: its file CURRENT is not there.");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void databaseOpenInAnotherProcessIsNeitherCheckedNorOpened() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                "jdbc:quiver:" + directory)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("open");
      Ran ran = check(directory);
      assertThat(ran.errors())
          .isEqualTo(
              "Database "
                  + directory
                  + " cannot be checked: another process has it open. Close it there first, or"
                  + " reach it through that process.\n");
      assertThat(ran.status()).isEqualTo(1);
      assertThatThrownBy(this::connect)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(
              "Database "
                  + directory
                  + " cannot be opened: another process has it open. Close it there first, or"
                  + " reach it through that process.")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("08001");
    } finally {
      other.destroyForcibly().waitFor();
    }
    // A killed process holds no lock.
    assertThat(check(directory).status()).isZero();
    connect().close();
  }

  /** Opens a database, says so, and holds it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (Connection connection = DriverManager.getConnection(arguments[0])) {
        System.out.println(connection.isValid(1) ? "open" : "not open");
        System.out.flush();
        Thread.sleep(600_000);
      }
    }
  }
}

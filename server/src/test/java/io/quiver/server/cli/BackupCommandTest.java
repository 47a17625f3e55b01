package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore of a database in a directory. */
class BackupCommandTest {
  @TempDir Path directory;
  private String database;

  @BeforeEach
  void fill() throws SQLException {
    database = directory.resolve("db").toString();
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id BIGINT PRIMARY KEY, lang VARCHAR, e VECTOR(2))");
      statement.execute(
          "INSERT INTO docs VALUES (1, 'en', '[1, 0]'), (2, 'fr', '[0, 1]'), (3, 'en', '[1, 1]')");
      statement.execute("DELETE FROM docs WHERE id = 2");
      statement.execute("CREATE VIEW english AS SELECT * FROM docs WHERE lang = 'en'");
    }
  }

  private static List<String> column(String directory, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + directory);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Stream.Builder<String> values = Stream.builder();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values.build().toList();
    }
  }

  @Test
  void aDatabaseIsBackedUpAndRestored() throws Exception {
    String backup = directory.resolve("it's a backup").toString();
    CommandRun made = CommandRun.of("backup", database, backup);
    assertThat(made.errors()).isEmpty();
    assertThat(made.out())
        .matches(
            "Backed up to .*it's a backup: [\\d,]+ files, .* MB, every commit up to position"
                + " 4, checked, in .* s\\R");
    assertThat(CommandRun.of("check", backup).status()).isZero();
    String restored = directory.resolve("restored").toString();
    CommandRun back = CommandRun.of("restore", backup, restored);
    assertThat(back.errors()).isEmpty();
    assertThat(back.out()).startsWith("Restored to " + restored + ": 1 tables, ");
    assertThat(column(restored, "SELECT id FROM english ORDER BY id")).containsExactly("1", "3");
    assertThat(column(restored, "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1, 1]', 1)"))
        .containsExactly("3");
  }

  @Test
  void rowsGoOnBeingWrittenMeanwhile() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger acknowledged = new AtomicInteger(3);
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + database);
        Statement statement = connection.createStatement();
        Connection writing = DriverManager.getConnection("jdbc:quiver:" + database);
        Statement writes = writing.createStatement()) {
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (!enough.get()) {
                        int id = acknowledged.get() + 1;
                        writes.execute("INSERT INTO docs VALUES (" + id + ", 'en', '[1, 2]')");
                        acknowledged.set(id);
                      }
                    } catch (SQLException e) {
                      throw new AssertionError(e);
                    }
                  });
      try {
        for (int copy = 0; copy < 2; copy++) {
          int before = acknowledged.get();
          Path backup = directory.resolve("backup" + copy);
          statement.execute("BACKUP TO '" + backup + "'");
          int after = acknowledged.get();
          List<String> ids = column(backup.toString(), "SELECT id FROM docs ORDER BY id");
          // One row was deleted, and the next may be committed but not yet acknowledged.
          assertThat(ids.size()).isBetween(before - 1, after);
          assertThat(ids.getLast()).isEqualTo(String.valueOf(ids.size() + 1));
          while (acknowledged.get() < after + 20) {
            Thread.sleep(1);
          }
        }
      } finally {
        enough.set(true);
        writer.join();
      }
    }
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsWritten() throws Exception {
    assertThat(CommandRun.of("backup", directory + "/none", directory + "/copy").errors())
        .isEqualToNormalizingNewlines("There is no directory " + directory + "/none\n");
    assertThat(directory.resolve("none")).doesNotExist();
    assertThat(CommandRun.of("restore", directory + "/none", directory + "/copy").errors())
        .isEqualToNormalizingNewlines("There is no directory " + directory + "/none\n");
    CommandRun full = CommandRun.of("backup", database, database);
    assertThat(full.status()).isEqualTo(1);
    assertThat(full.errors())
        .contains(
            "QV-6006 INPUT_OUTPUT", database + " is there already, and is no empty directory");
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    assertThat(CommandRun.of("restore", foreign.toString(), directory + "/copy").errors())
        .contains("holds no database");
    assertThat(directory.resolve("copy")).doesNotExist();
  }

  @Test
  void aDamagedBackupIsNotRestored() throws Exception {
    Path backup = directory.resolve("backup");
    assertThat(CommandRun.of("backup", database, backup.toString()).status()).isZero();
    Path log;
    try (Stream<Path> files = Files.list(backup.resolve("log"))) {
      log = files.findFirst().orElseThrow();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(100);
      int there = file.read();
      file.seek(100);
      file.write(there ^ 1);
    }
    CommandRun refused = CommandRun.of("restore", backup.toString(), directory + "/copy");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.errors()).contains(backup + " is damaged:").contains("is damaged at byte");
    assertThat(directory.resolve("copy")).doesNotExist();
  }
}

package io.quiver.jdbc.slt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every file under {@code src/test/resources/sql}: in memory, in a directory, and in a
 * directory that is closed and opened again between changing and reading.
 *
 * <p>{@code -Dquiver.slt=joins} runs files whose path contains that; {@code -Dquiver.slt.complete}
 * rewrites what they expect, for review in the diff.
 */
class SqlFilesTest {
  private static final boolean COMPLETE = System.getProperty("quiver.slt.complete") != null;

  @TempDir Path directory;

  /** Where the database is. */
  enum Mode {
    MEMORY,
    DISK,
    RESTART
  }

  /** The modes that every file is run in. */
  List<Mode> modes() {
    return List.of(Mode.values());
  }

  @TestFactory
  Stream<DynamicTest> everyFileGivesWhatItSays() throws IOException {
    List<Path> files;
    Path root = root();
    try (Stream<Path> all = Files.walk(root)) {
      files =
          all.filter(f -> f.toString().endsWith(".slt"))
              .filter(f -> f.toString().contains(System.getProperty("quiver.slt", "")))
              .sorted()
              .toList();
    }
    assertThat(files).isNotEmpty();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files) {
      for (Mode mode : COMPLETE ? List.of(Mode.MEMORY) : modes()) {
        tests.add(
            DynamicTest.dynamicTest(
                root.relativize(file) + " " + mode, file.toUri(), () -> run(file, mode)));
      }
    }
    return tests.stream();
  }

  /** Where they are kept, since expected results are rewritten there. */
  private static Path root() {
    return Path.of(
        System.getProperty("quiver.root"), "jdbc-driver/embedded/src/test/resources/sql");
  }

  private void run(Path file, Mode mode) throws IOException, SQLException {
    List<SltRecord> actual = new ArrayList<>();
    try (SltRun run = new SltRun(url(file, mode), mode == Mode.RESTART)) {
      for (SltRecord record : SltFile.read(file)) {
        SltRecord came = record.isComment() ? record : run.actual(record);
        actual.add(came);
        if (!COMPLETE) {
          assertThat(text(came))
              .as("%s, line %d: %s", file.getFileName(), record.line(), record.text())
              .isEqualTo(text(record));
        }
      }
    }
    if (COMPLETE) {
      SltFile.write(file, actual);
    }
  }

  /** The database of a file. */
  String url(Path file, Mode mode) throws SQLException {
    String name = file.getFileName().toString().replace(".slt", "");
    return mode == Mode.MEMORY
        ? "jdbc:quiver::memory:"
        : "jdbc:quiver:" + directory.resolve(mode + "-" + name);
  }

  private static String text(SltRecord record) {
    return record.header() + "\n" + String.join("\n", record.expected());
  }
}

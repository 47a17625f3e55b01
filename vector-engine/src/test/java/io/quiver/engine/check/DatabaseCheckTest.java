package io.quiver.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.AllKinds;
import io.quiver.engine.CorruptDataException;
import io.quiver.engine.RecordingSubscriber;
import io.quiver.engine.StorageException;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.io.StoredFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseCheckTest {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final FaultyFiles WHOLE = new FaultyFiles(1);
  private static final String RESTORE = " Restore the database from a backup.";

  private final FaultyFiles files = WHOLE.copy(2);

  @BeforeAll
  static void write() {
    AllKinds.write(WHOLE, 1);
  }

  private static CheckReport check(FaultyFiles files) {
    return DatabaseCheck.run(files, new RecordingSubscriber(), (segments, of) -> {});
  }

  private static List<String> messages(CheckReport report) {
    return report.findings().stream().map(Finding::message).toList();
  }

  /** The one file whose path contains a word. */
  private String path(String word) {
    return files.paths().stream().filter(path -> path.contains(word)).findFirst().orElseThrow();
  }

  /** The file of the index whose section begins with these bytes. */
  private String index(String mark) throws IOException {
    for (String path : files.paths()) {
      if (path.contains("index-")) {
        byte[] bytes = bytes(path);
        String section = new String(bytes, 4096, 8, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (section.startsWith(mark)) {
          return path;
        }
      }
    }
    throw new AssertionError("No index that begins with " + mark);
  }

  private byte[] bytes(String path) throws IOException {
    try (StoredFile file = files.open(path)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(MemorySegment.ofArray(bytes), 0);
      return bytes;
    }
  }

  private void put(String path, byte[] bytes) throws IOException {
    files.delete(path);
    try (StoredFile file = files.create(path)) {
      file.write(MemorySegment.ofArray(bytes), 0);
    }
  }

  private void forge(String path, String section, Consumer<MemorySegment> change)
      throws IOException {
    SectionForgery.change(files, path, section, change);
  }

  @Test
  void goodDatabaseHasNoFindingsAndIsNotChanged() throws IOException {
    List<String> before = files.paths();
    CheckReport report = check(files);
    assertThat(report.findings()).isEmpty();
    assertThat(report.isDamaged()).isFalse();
    assertThat(report.collections()).isEqualTo(1);
    assertThat(report.segments()).isEqualTo(1);
    assertThat(report.rows()).isEqualTo(100);
    assertThat(report.records()).isGreaterThan(0);
    assertThat(files.paths()).isEqualTo(before);
    for (String path : before) {
      FaultyFiles fresh = WHOLE.copy(3);
      try (StoredFile file = fresh.open(path)) {
        byte[] bytes = new byte[(int) file.size()];
        file.read(MemorySegment.ofArray(bytes), 0);
        assertThat(bytes(path)).as(path).isEqualTo(bytes);
      }
    }
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    String rows = path("/rows");
    String deletes = path("deletes-");
    files.delete(deletes);
    assertThat(messages(check(files)))
        .containsExactly(
            "File faulty:" + deletes + " cannot be read: the file is missing." + RESTORE);
    files.delete(rows);
    assertThat(messages(check(files)))
        .containsExactly("File faulty:" + rows + " cannot be read: the file is missing." + RESTORE);
    files.delete(path("manifest-"));
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .startsWith("Manifest faulty:manifest-")
        .endsWith(" cannot be read: it is missing." + RESTORE);
  }

  @Test
  void missingIndexCanBeBuiltAgain() throws IOException {
    String index = index("QVHNIX");
    files.delete(index);
    assertThat(messages(check(files)))
        .containsExactly(
            "Index \"by_embedding\" in file faulty:"
                + index
                + " is damaged: File faulty:"
                + index
                + " cannot be read: the file is missing."
                + RESTORE
                + " Delete this file: the next opening builds the index again from the rows.");
  }

  @Test
  void cutFileIsNamed() throws IOException {
    String rows = path("/rows");
    byte[] bytes = bytes(rows);
    put(rows, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    assertThat(messages(check(files)))
        .containsExactly(
            "File faulty:"
                + rows
                + " cannot be read: its footer is damaged or its end is missing."
                + RESTORE);
  }

  @Test
  void everyDamagedSectionOfAFileIsNamed() {
    String rows = path("/rows");
    files.flipBit(rows, 8 * 64);
    files.flipBit(rows, 8 * (64 + 100 * 8 + 63 & -64));
    assertThat(messages(check(files)))
        .hasSize(2)
        .allMatch(message -> message.startsWith("File faulty:" + rows + " cannot be read: its se"))
        .anyMatch(message -> message.contains("section \"stamps\" is damaged"))
        .anyMatch(message -> message.contains("section \"key.hashes\" is damaged"));
  }

  @Test
  void fileOfAnotherPlaceIsNamed() throws IOException {
    String deletes = path("deletes-");
    put(deletes, bytes(path("/rows")));
    assertThat(messages(check(files)))
        .containsExactly(
            "File faulty:"
                + deletes
                + " cannot be read: it belongs to another place or another database."
                + RESTORE);
  }

  @Test
  void newerVersionIsRefused() throws IOException {
    byte[] bytes = bytes(path("/rows"));
    MemorySegment all = MemorySegment.ofArray(bytes);
    all.set(INT, 8, 7);
    all.set(INT, 60, io.quiver.engine.io.Checksum.of(all.asSlice(0, 60)));
    put(path("/rows"), bytes);
    assertThat(messages(check(files)))
        .containsExactly(
            "File faulty:"
                + path("/rows")
                + " has format version 7; this engine reads version 1. Open the database with the"
                + " Quiver release that wrote it.");
  }

  @Test
  void keysThatDoNotAgreeWithRowsAreNamed() throws IOException {
    String rows = path("/rows");
    forge(rows, "key.hashes", section -> section.set(LONG, 8 * 5L, 1234));
    assertThat(messages(check(files)))
        .containsExactly(
            "File faulty:"
                + rows
                + " has row 5, which has another key than its hash says."
                + RESTORE);
  }

  @Test
  void tableOfKeysIsComparedWithRows() throws IOException {
    String rows = path("/rows");
    forge(
        rows,
        "key.slots",
        section -> {
          for (long at = 0; ; at += 4) {
            if (section.get(INT, at) > 0) {
              section.set(INT, at, 1001);
              return;
            }
          }
        });
    assertThat(messages(check(files)))
        .containsExactly(
            "File faulty:" + rows + " names row 1000 in its table of keys, of 100." + RESTORE);
  }

  @Test
  void positionsBeyondTheLogAreNamed() throws IOException {
    String rows = path("/rows");
    forge(rows, "stamps", section -> section.set(LONG, 0, 99L << 24));
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .startsWith(
            "File faulty:" + rows + " has row 0, which was written at position 99 of a log that");
  }

  @Test
  void deletesBeyondTheRowsAreNamed() throws IOException {
    String deletes = path("deletes-");
    forge(deletes, "words", section -> section.set(LONG, 8, section.get(LONG, 8) | 1L << 63));
    assertThat(messages(check(files)))
        .containsExactly("File faulty:" + deletes + " deletes row 127 of 100." + RESTORE);
  }

  @Test
  void keyThatIsThereTwiceIsNamed() throws IOException {
    // The newer rows of some keys are in the second segment.
    FaultyFiles two = new FaultyFiles(7);
    AllKinds.writeTwoSegments(two);
    assertThat(two.paths()).anyMatch(path -> path.contains("deletes-"));
    String deletes =
        two.paths().stream().filter(path -> path.contains("deletes-")).findFirst().orElseThrow();
    assertThat(check(two).findings()).isEmpty();
    SectionForgery.change(two, deletes, "words", section -> section.fill((byte) 0));
    assertThat(messages(check(two)))
        .singleElement()
        .asString()
        .matches(
            "File faulty:segments/\\d+/rows has row 0, whose key row \\d+ of segment \\d+ has"
                + " too\\."
                + RESTORE);
  }

  @ParameterizedTest
  @CsvSource({
    "192, 5000, 'Graph node 0 on level 0: link 5000 names no other node'",
    "192, 0, 'Graph node 0 on level 0: link 0 names no other node'",
    "88, 77777, 'A graph''s header is wrong: entry 77777'",
    "76, 3, 'A graph''s header is wrong: nodes on a level'"
  })
  void graphsAreWalked(long at, int value, String told) throws IOException {
    String index = index("QVHNIX");
    forge(index, "index", section -> section.set(INT, at, value));
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .startsWith("Index \"by_embedding\" in file faulty:" + index + " is damaged: " + told)
        .endsWith(" Delete this file: the next opening builds the index again from the rows.");
  }

  @Test
  void graphInPiecesIsNamed() throws IOException {
    String index = index("QVHNIX");
    // No row links to any other but row 0 and 1 to each other.
    forge(
        index,
        "index",
        section -> {
          int rows = section.get(INT, 64 + 8);
          int stride = 64;
          for (int row = 0; row < rows; row++) {
            long base = 64 + 128 + (long) row * stride;
            if (section.get(INT, base) != -2) {
              for (int link = 0; link < 8; link++) {
                section.set(INT, base + 4L * link, -1);
              }
            }
          }
        });
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .contains("A graph of")
        .contains("is in pieces: 1 can be reached");
  }

  @Test
  void invertedListsAreComparedWithRows() throws IOException {
    String index = index("QINV");
    // The first two terms change places.
    forge(
        index,
        "index",
        section -> {
          int first = section.get(INT, 64);
          section.set(INT, 64, section.get(INT, 68));
          section.set(INT, 68, first);
        });
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .contains("\" in file faulty:" + index + " is damaged: An inverted index")
        .contains("terms out of order");
  }

  @Test
  void payloadIndexesAreComparedWithRows() throws IOException {
    String index = null;
    for (String path : files.paths()) {
      if (path.contains("index-")) {
        byte[] bytes = bytes(path);
        // An order of rows, as its tail says.
        MemorySegment all = MemorySegment.ofArray(bytes);
        long table = all.get(LONG, bytes.length - 32);
        for (long tail = table - 32; tail < table; tail += 8) {
          if (all.get(INT, tail + 16) == 0x53545051 && all.get(INT, tail + 4) == 1) {
            index = path;
          }
        }
      }
    }
    assertThat(index).isNotNull();
    forge(
        index,
        "index",
        section -> {
          int first = section.get(INT, 0);
          section.set(INT, 0, section.get(INT, 4 * 20));
          section.set(INT, 4 * 20, first);
        });
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .contains("is damaged: File faulty:" + index)
        .contains("is out of order");
  }

  @Test
  void damageInTheMiddleOfTheLogIsNamed() {
    String log = path(".log");
    files.flipBit(log, 8 * 70);
    assertThat(messages(check(files)))
        .singleElement()
        .asString()
        .startsWith("Log file faulty:" + log + " is damaged at byte 64, where the record of")
        .contains("Restore the database from a backup");
  }

  @Test
  void missingLogIsNamed() throws IOException {
    for (String path : files.paths()) {
      if (path.endsWith(".log")) {
        files.delete(path);
      }
    }
    assertThat(messages(check(files)))
        .containsExactly("Directory faulty:log holds no log file." + RESTORE);
  }

  @Test
  void unfinishedEndOfTheLogAndLeftoversAreNotDamage() throws IOException {
    String log =
        files.paths().stream()
            .filter(path -> path.endsWith(".log"))
            .max(String::compareTo)
            .orElseThrow();
    byte[] bytes = bytes(log);
    put(log, java.util.Arrays.copyOf(bytes, bytes.length + 40));
    put("segments/999/rows", new byte[10]);
    put("manifest-00000000000000000001", new byte[10]);
    put("notes.txt", new byte[10]);
    CheckReport report = check(files);
    assertThat(report.isDamaged()).isFalse();
    assertThat(messages(report))
        .containsExactlyInAnyOrder(
            "Log file faulty:"
                + log
                + " ends in 40 bytes that are no whole record, as after a power cut or a kill. The"
                + " next opening cuts them off.",
            "File faulty:segments/999/rows is not needed: work that was cut short left it. The next"
                + " opening removes it.",
            "File faulty:segments/999 is not needed: work that was cut short left it. The next"
                + " opening removes it.",
            "File faulty:manifest-00000000000000000001 is not needed: work that was cut short left"
                + " it. The next opening removes it.",
            "File faulty:notes.txt is not part of a database. Move it elsewhere.");
  }

  @Test
  void openDatabaseIsRefused() {
    VectorEngine engine = AllKinds.open(files);
    try (engine) {
      assertThatThrownBy(() -> check(files))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "Database faulty: cannot be checked: another process has it open. Close it there"
                  + " first, or reach it through that process.");
    }
  }

  @Test
  void otherDirectoriesAreRefused(@TempDir Path directory) {
    assertThatThrownBy(
            () -> DatabaseCheck.run(directory, new RecordingSubscriber(), (segments, of) -> {}))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Directory "
                + directory
                + " holds no database: its file CURRENT is not there. Name the directory of a"
                + " database; if this was one, restore it from a backup.");
    assertThat(directory).isEmptyDirectory();
  }
}

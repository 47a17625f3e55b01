package io.quiver.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.FaultyFiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileWriteLogTest extends WriteLogContract {
  private static final long DATABASE = 99;
  private static final String FIRST = "log/00000000000000000001.log";

  private final FaultyFiles files = new FaultyFiles(1);

  @Override
  protected WriteLog open() throws IOException {
    if (files.list("log").isEmpty()) {
      FileWriteLog.create(files, DATABASE, 1);
    }
    return FileWriteLog.open(files, DATABASE, 0, 2_000);
  }

  @Test
  void forgettingRemovesWholeFiles() throws Exception {
    try (WriteLog log = open()) {
      for (int i = 1; i <= 40; i++) {
        log.append(List.of(record("x".repeat(300))));
      }
      assertThat(files.list("log")).hasSizeGreaterThan(4);
      long bytes = log.bytes();
      log.forget(40);
      assertThat(files.list("log")).hasSize(1);
      assertThat(log.bytes()).isLessThan(bytes / 4);
    }
  }

  @Test
  void tornEndIsCut() throws Exception {
    try (WriteLog log = open()) {
      log.append(List.of(record("a")));
      int before = files.size(FIRST);
      log.append(List.of(record("b".repeat(100))));
      files.flipBit(FIRST, (before + 60) * 8L);
      assertThat(files.size(FIRST)).isGreaterThan(before);
    }
    // Closing wrote a mark behind the torn record; without it, it is the end.
    FaultyFiles cut = new FaultyFiles(2);
    FileWriteLog.create(cut, DATABASE, 1);
    WriteLog log = FileWriteLog.open(cut, DATABASE, 0, 2_000);
    log.append(List.of(record("a")));
    int kept = cut.size(FIRST);
    log.append(List.of(record("b".repeat(100))));
    cut.flipBit(FIRST, (kept + 60) * 8L);
    try (WriteLog again = FileWriteLog.open(cut, DATABASE, 0, 2_000)) {
      assertThat(again.position()).isEqualTo(1);
      assertThat(cut.size(FIRST)).isEqualTo(kept);
      again.append(List.of(record("c")));
      assertThat(read(again, 0)).containsExactly("1:a", "2:c");
    }
  }

  @Test
  void damageInTheMiddleIsRefusedWithARemedy() throws Exception {
    try (WriteLog log = open()) {
      log.append(List.of(record("a".repeat(100))));
      log.append(List.of(record("b")));
    }
    files.flipBit(FIRST, 120 * 8L);
    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Log file faulty:"
                + FIRST
                + " is damaged at byte 64, where the record of position 1 should be, and more was"
                + " committed after it. Restore the database from a backup; moving away this file"
                + " and all later ones gives up what they hold and opens the rest.");
  }

  @Test
  void fileOfAnotherDatabaseIsRefused() throws Exception {
    open().close();
    assertThatThrownBy(() -> FileWriteLog.open(files, DATABASE + 1, 0, 2_000))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("belongs to another database");
  }

  @Test
  void missingFileIsRefused() throws Exception {
    try (WriteLog log = open()) {
      for (int i = 1; i <= 40; i++) {
        log.append(List.of(record("x".repeat(300))));
      }
    }
    files.delete("log/" + files.list("log").get(2));
    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("one was removed or cut");
  }

  /** A power cut may bring back the older of two files that were removed, and not the younger. */
  @Test
  void forgottenFileThatCameBackIsNoGap() throws Exception {
    try (WriteLog log = open()) {
      for (int i = 1; i <= 40; i++) {
        log.append(List.of(record("x".repeat(300))));
      }
    }
    files.delete("log/" + files.list("log").get(1));
    try (WriteLog log = FileWriteLog.open(files, DATABASE, 20, 2_000)) {
      assertThat(log.position()).isEqualTo(40);
      assertThat(log.start()).isBetween(1L, 20L);
      assertThat(read(log, 20)).hasSize(20);
      assertThat(files.exists(FIRST)).isFalse();
    }
  }

  @Test
  void fullDiskFailsOneAppendAndTheNextSucceeds() throws Exception {
    try (WriteLog log = open()) {
      log.append(List.of(record("a")));
      files.capacity(files.used() + 20);
      assertThatThrownBy(() -> log.append(List.of(record("b".repeat(500)))))
          .isInstanceOf(AppendFailedException.class)
          .hasMessageContaining("No space left on device. Nothing of this commit was kept.");
      files.heal();
      log.append(List.of(record("c")));
    }
    try (WriteLog log = open()) {
      assertThat(read(log, 0)).containsExactly("1:a", "2:c");
    }
  }

  @Test
  void failedSyncEndsTheLog() throws Exception {
    try (WriteLog log = open()) {
      log.append(List.of(record("a")));
      files.failForces(true);
      assertThatThrownBy(() -> log.append(List.of(record("b"))))
          .isInstanceOf(LogLostException.class);
      files.heal();
      assertThatThrownBy(() -> log.append(List.of(record("c"))))
          .isInstanceOf(LogLostException.class);
    }
    files.cutPower();
    try (WriteLog log = open()) {
      assertThat(read(log, 0)).first().isEqualTo("1:a");
    }
  }
}

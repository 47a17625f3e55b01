package io.quiver.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every write log promises. */
public abstract class WriteLogContract {
  /** The log of one store: empty at first, afterwards as it was left. */
  protected abstract WriteLog open() throws IOException;

  protected static LogRecord record(String text) {
    return new LogRecord(LogRecord.Type.COMMIT, text.getBytes(StandardCharsets.UTF_8));
  }

  protected static List<String> read(WriteLog log, long position) throws IOException {
    List<String> found = new ArrayList<>();
    log.replay(
        position,
        (at, record) -> found.add(at + ":" + new String(record.payload(), StandardCharsets.UTF_8)));
    return found;
  }

  @Test
  void positionsStartAtOneAndHaveNoGaps() throws Exception {
    try (WriteLog log = open()) {
      assertThat(log.position()).isZero();
      assertThat(log.append(List.of(record("a"), record("b")))).isEqualTo(1);
      assertThat(log.append(List.of(record("c")))).isEqualTo(3);
      assertThat(log.position()).isEqualTo(3);
    }
  }

  @Test
  void recordsAreReadBackInOrderAfterReopening() throws Exception {
    try (WriteLog log = open()) {
      log.append(List.of(record("a"), record("")));
      log.append(List.of(record("c")));
    }
    try (WriteLog log = open()) {
      assertThat(log.position()).isEqualTo(3);
      assertThat(read(log, 0)).containsExactly("1:a", "2:", "3:c");
      assertThat(read(log, 2)).containsExactly("3:c");
      log.append(List.of(record("d")));
    }
    try (WriteLog log = open()) {
      assertThat(read(log, 3)).containsExactly("4:d");
    }
  }

  @Test
  void typeIsKept() throws Exception {
    try (WriteLog log = open()) {
      log.append(List.of(new LogRecord(LogRecord.Type.DEFINITION, new byte[] {5})));
    }
    try (WriteLog log = open()) {
      log.replay(
          0,
          (at, record) -> {
            assertThat(record.type()).isEqualTo(LogRecord.Type.DEFINITION);
            assertThat(record.payload()).containsExactly(5);
          });
    }
  }

  @Test
  void recordsAfterAForgottenPositionAreKept() throws Exception {
    String text = "x".repeat(300);
    try (WriteLog log = open()) {
      for (int i = 1; i <= 40; i++) {
        log.append(List.of(record(text)));
      }
      log.forget(25);
      assertThat(log.start()).isLessThanOrEqualTo(25);
      assertThat(read(log, 25)).hasSize(15);
    }
    try (WriteLog log = open()) {
      assertThat(log.position()).isEqualTo(40);
      assertThat(read(log, 25)).hasSize(15).first().asString().startsWith("26:");
    }
  }
}

package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.check.CheckReport;
import io.quiver.engine.check.DatabaseCheck;
import io.quiver.engine.io.FaultyFiles;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Disks that rot. {@code -Dquiver.flips=2000} flips more bits, {@code -Dquiver.seed=7} others. */
class BitFlipTest {
  @Test
  void everyFlippedBitIsNoticedOrHarmlessAndCheckFindsIt() {
    long seed =
        Long.parseLong(
            System.getProperty("quiver.seed", "").isEmpty()
                ? "6"
                : System.getProperty("quiver.seed"));
    FaultyFiles files = new FaultyFiles(5);
    AllKinds.write(files, 2);
    List<String> expected;
    try (VectorEngine engine = AllKinds.open(files.copy(0))) {
      expected = AllKinds.answers(engine);
    }
    List<String> paths = files.paths().stream().filter(path -> files.size(path) > 0).toList();
    for (String kind : List.of("CURRENT", "manifest-", "/rows", "deletes-", "index-", ".log")) {
      assertThat(paths).as(kind).anyMatch(path -> path.contains(kind));
    }
    String lastLog =
        paths.stream().filter(path -> path.endsWith(".log")).max(String::compareTo).orElseThrow();
    int flips = Integer.getInteger("quiver.flips", 300);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < flips; i++) {
      String path = paths.get(i % paths.size());
      long bit = random.nextLong(8L * files.size(path));
      FaultyFiles damaged = files.copy(i);
      damaged.flipBit(path, bit);
      String what = "bit " + bit + " of " + path + ", seed " + seed;
      CheckReport report =
          DatabaseCheck.run(damaged, new RecordingSubscriber(), (segments, of) -> {});
      assertThat(report.findings()).as(what).isNotEmpty();
      // What ends a log cleanly may as well be what a power cut left.
      assertThat(report.isDamaged() || path.equals(lastLog)).as(what).isTrue();
      assertThat(report.findings()).as(what).allMatch(f -> f.message().contains(". "));
      try (VectorEngine engine = AllKinds.open(damaged)) {
        assertThat(AllKinds.answers(engine)).as(what).isEqualTo(expected);
      } catch (CorruptDataException | StorageException e) {
        assertThat(e.getMessage()).as(what).isNotEmpty();
        refused++;
      }
    }
    assertThat(refused).as("refused, seed %s", seed).isGreaterThan(flips / 4);
  }
}

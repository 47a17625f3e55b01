package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.check.CheckReport;
import io.quiver.engine.check.DatabaseCheck;
import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.io.FileStore;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Disks that rot. {@code -Dquiver.flips=2000} flips more bits, {@code -Dquiver.seed=7} others. */
class BitFlipTest {
  /** A database and what a reader learns from it. */
  private record Database(
      Consumer<FileStore> write,
      Function<FileStore, VectorEngine> open,
      Function<VectorEngine, List<String>> answers) {}

  private static final Database ALL_KINDS =
      new Database(files -> AllKinds.write(files, 2), AllKinds::open, AllKinds::answers);

  private static final Database TENANTS =
      new Database(TenantRows::write, TenantRows::open, TenantRows::answers);

  private final long seed =
      Long.parseLong(
          System.getProperty("quiver.seed", "").isEmpty()
              ? "6"
              : System.getProperty("quiver.seed"));

  @Test
  void everyFlippedBitIsNoticedOrHarmlessAndCheckFindsIt() {
    flip(
        ALL_KINDS,
        List.of("CURRENT", "manifest-", "/rows", "deletes-", "index-", ".log"),
        Integer.getInteger("quiver.flips", 300));
  }

  @Test
  void soAreThoseInFilesWithGraphsOfTenants() {
    FaultyFiles whole = new FaultyFiles(5);
    TenantRows.write(whole);
    try (VectorEngine engine = TenantRows.open(whole)) {
      assertThat(TenantRows.modes(engine)).containsExactly("tenant-graph");
    }
    flip(TENANTS, List.of("/rows", "deletes-", "index-"), Integer.getInteger("quiver.flips", 40));
  }

  private void flip(Database database, List<String> kinds, int flips) {
    FaultyFiles files = new FaultyFiles(5);
    database.write.accept(files);
    List<String> expected;
    try (VectorEngine engine = database.open.apply(files.copy(0))) {
      expected = database.answers.apply(engine);
    }
    List<String> paths = files.paths().stream().filter(path -> files.size(path) > 0).toList();
    for (String kind : kinds) {
      assertThat(paths).as(kind).anyMatch(path -> path.contains(kind));
    }
    String lastLog =
        paths.stream().filter(path -> path.endsWith(".log")).max(String::compareTo).orElseThrow();
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
      try (VectorEngine engine = database.open.apply(damaged)) {
        assertThat(database.answers.apply(engine)).as(what).isEqualTo(expected);
      } catch (CorruptDataException | StorageException e) {
        assertThat(e.getMessage()).as(what).isNotEmpty();
        refused++;
      }
    }
    assertThat(refused).as("refused, seed %s", seed).isGreaterThan(flips / 4);
  }
}

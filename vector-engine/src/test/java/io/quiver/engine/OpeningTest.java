package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.check.DatabaseCheck;
import io.quiver.engine.check.Finding;
import io.quiver.engine.io.Checksum;
import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.io.StoredFile;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is refused at opening, what is read later, and what goes on where it was left. */
class OpeningTest {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final FaultyFiles WHOLE = new FaultyFiles(1);

  private final FaultyFiles files = WHOLE.copy(2);

  @BeforeAll
  static void write() {
    AllKinds.write(WHOLE, 1);
  }

  private String path(String word) {
    return files.paths().stream().filter(path -> path.contains(word)).findFirst().orElseThrow();
  }

  /** Overwrites a version, and makes the checksum of its header right again. */
  private void setVersion(String path, int version, int crcAt) throws IOException {
    try (StoredFile file = files.open(path)) {
      byte[] header = new byte[crcAt + 4];
      MemorySegment bytes = MemorySegment.ofArray(header);
      file.read(bytes, 0);
      bytes.set(INT, 8, version);
      bytes.set(INT, crcAt, Checksum.of(bytes.asSlice(0, crcAt)));
      file.write(bytes, 0);
    }
  }

  @Test
  void newerManifestIsRefused() throws IOException {
    String manifest = path("manifest-");
    setVersion(manifest, 9, 20);
    assertThatThrownBy(() -> AllKinds.open(files))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Manifest faulty:"
                + manifest
                + " has format version 9; this engine reads versions 1 and 2. Open the database"
                + " with the Quiver release that wrote it.");
  }

  /** As one wrote before rows could be patched: without a word on patches. */
  @Test
  void manifestOfVersionOneIsRead() throws IOException {
    FaultyFiles older = new FaultyFiles(3);
    try (VectorEngine engine = AllKinds.open(older)) {
      AllKinds.fill(engine);
      engine.optimize(AllKinds.COLLECTION, StopSignal.NEVER);
    }
    List<String> before;
    try (VectorEngine engine = AllKinds.open(older)) {
      before = AllKinds.answers(engine);
    }
    String manifest =
        older.paths().stream()
            .filter(each -> each.startsWith("manifest-"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = new byte[older.size(manifest)];
    try (StoredFile file = older.open(manifest)) {
      file.read(MemorySegment.ofArray(bytes), 0);
    }
    // A segment's rows, then no deletes and no patches.
    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = bytes.length - 20;
    while (content.getInt(at) != 100
        || content.getLong(at + 4) != 0
        || content.getLong(at + 12) != 0) {
      at--;
    }
    ByteBuffer shorter = ByteBuffer.allocate(bytes.length - 8).order(ByteOrder.LITTLE_ENDIAN);
    shorter.put(bytes, 0, at + 12).put(bytes, at + 20, bytes.length - at - 20);
    shorter.putInt(8, 1).putInt(12, shorter.capacity() - 24);
    MemorySegment whole = MemorySegment.ofArray(shorter.array());
    shorter.putInt(16, Checksum.of(whole.asSlice(24)));
    shorter.putInt(20, Checksum.of(whole.asSlice(0, 20)));
    older.delete(manifest);
    try (StoredFile file = older.create(manifest)) {
      file.write(whole, 0);
    }
    try (VectorEngine engine = AllKinds.open(older)) {
      assertThat(AllKinds.answers(engine)).isEqualTo(before);
    }
  }

  @Test
  void newerLogIsRefused() throws IOException {
    String log = path(".log");
    setVersion(log, 2, 60);
    assertThatThrownBy(() -> AllKinds.open(files))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Log file faulty:"
                + log
                + " has format version 2; this engine reads version 1. Open the database with the"
                + " Quiver release that wrote it.");
  }

  @Test
  void newerSegmentIsRefused() throws IOException {
    String rows = path("/rows");
    setVersion(rows, 3, 60);
    assertThatThrownBy(() -> AllKinds.open(files))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "File faulty:"
                + rows
                + " has format version 3; this engine reads version 1. Open the database with the"
                + " Quiver release that wrote it.");
    // A refused opening leaves nothing locked and changes nothing.
    setVersion(rows, 1, 60);
    AllKinds.open(files).close();
  }

  /**
   * A column is verified when it is first read: others, and the rows' keys, do not depend on it.
   */
  @Test
  void damagedColumnIsRefusedWhenItIsReadAndNotBefore() {
    String rows = path("/rows");
    files.flipBit(rows, 8L * (files.size(rows) / 2));
    try (VectorEngine engine = AllKinds.open(files);
        Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(AllKinds.COLLECTION);
      long row = view.find(new Object[] {50L});
      assertThat(view.value(row, 0)).isEqualTo(50L);
      int refused = 0;
      for (int column = 0; column < 13; column++) {
        int read = column;
        try {
          var _ = view.value(row, column);
        } catch (CorruptDataException e) {
          refused++;
          assertThat(e)
              .hasMessageStartingWith("File faulty:" + rows + " cannot be read: its section")
              .hasMessageEndingWith(" is damaged. Restore the database from a backup.");
          // Asked again it says so again.
          assertThatThrownBy(() -> view.value(row, read)).hasMessage(e.getMessage());
        }
      }
      assertThat(refused).isEqualTo(1);
    }
  }

  /** Damage that a commit would come upon refuses the commit, and no later one. */
  @Test
  void damagedKeysRefuseCommitsBeforeTheyAreLogged() {
    String rows = path("/rows");
    files.flipBit(rows, 8L * 64);
    try (VectorEngine engine = AllKinds.open(files)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(
                () -> {
                  WriteBatch batch = new WriteBatch(AllKinds.schema(1));
                  batch.put(WriteBatch.Expectation.ANY, AllKinds.row(7));
                  engine.commit(List.of(batch), 0);
                })
            .isInstanceOf(CorruptDataException.class)
            .hasMessage(
                "File faulty:"
                    + rows
                    + " cannot be read: its section \"stamps\" is damaged. Restore the database"
                    + " from a backup.");
      }
      assertThat(engine.failures()).isEmpty();
    }
  }

  @Test
  void indexThatIsDamagedIsBuiltAgainAndMeanwhileDoneWithout() throws Exception {
    List<String> expected;
    try (VectorEngine engine = AllKinds.open(WHOLE.copy(3))) {
      expected = AllKinds.answers(engine);
    }
    List<String> indexes = files.paths().stream().filter(path -> path.contains("index-")).toList();
    assertThat(indexes).hasSameSizeAs(AllKinds.schema(1).indexes());
    for (String index : indexes) {
      files.flipBit(index, 8L * 4100);
    }
    try (VectorEngine engine = AllKinds.open(files)) {
      assertThat(AllKinds.answers(engine)).isEqualTo(expected);
      engine.optimize(AllKinds.COLLECTION, StopSignal.NEVER);
      assertThat(AllKinds.answers(engine)).isEqualTo(expected);
    }
    assertThat(files.paths()).doesNotContainAnyElementsOf(indexes);
  }

  @Test
  @SuppressWarnings("try") // it is closed early, and then again
  void indexBuildCutShortByClosingIsDoneAfterTheNextOpening() throws Exception {
    FaultyFiles disk = new FaultyFiles(4);
    EngineOptions options = Pages.options(10_000);
    var schema = Pages.schema(1);
    try (VectorEngine engine =
        VectorEngine.open(disk, options, new RecordingSubscriber(), 1 << 20)) {
      engine.define(Pages.create(schema));
      WriteBatch batch = new WriteBatch(schema);
      for (long id = 0; id < 9_000; id++) {
        batch.put(
            WriteBatch.Expectation.ABSENT,
            Pages.row(id, "en", 1, (float) Math.sin(id), (float) Math.cos(id), id % 97, id % 89));
      }
      engine.commit(List.of(batch), 0);
      Thread optimizing =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
                    } catch (RuntimeException e) {
                      // The engine is closed under it.
                      assertThat(e).hasMessageMatching("The engine is clos(ing|ed)");
                    }
                  });
      while (indexed(engine) == 0) {
        Thread.sleep(1);
      }
      engine.close();
      optimizing.join();
    }
    assertThat(disk.paths()).noneMatch(path -> path.contains("index-"));
    try (VectorEngine engine =
        VectorEngine.open(disk, options, new RecordingSubscriber(), 1 << 20)) {
      // Nobody asks for it this time: the rows come from the log, and their graph grows again.
      while (indexed(engine) < 9_000) {
        assertThat(engine.failures()).isEmpty();
        Thread.sleep(10);
      }
      engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
      assertThat(engine.status().getFirst().segments())
          .singleElement()
          .matches(segment -> segment.state().equals("indexed"));
    }
    assertThat(disk.paths()).anyMatch(path -> path.contains("index-"));
  }

  private static long indexed(VectorEngine engine) {
    return engine.status().getFirst().segments().getFirst().rowsIndexed();
  }

  @Test
  void diskThatFillsUpWhileSealingLosesNothingAndIsUsedAgainOnceItHasRoom() throws Exception {
    FaultyFiles disk = new FaultyFiles(5);
    try (VectorEngine engine = AllKinds.open(disk)) {
      AllKinds.fill(engine);
      List<String> expected = AllKinds.answers(engine);
      int failures = 0;
      for (long room : new long[] {0, 100, 5_000, 20_000, 40_000}) {
        disk.capacity(disk.used() + room);
        try {
          engine.optimize(AllKinds.COLLECTION, StopSignal.NEVER);
        } catch (StorageException e) {
          failures++;
          assertThat(e)
              .hasMessageContaining("No space left on device")
              .hasMessageEndingWith(". It will be tried again.");
        }
        assertThat(AllKinds.answers(engine)).isEqualTo(expected);
        awaitNoLeftovers(disk);
        disk.heal();
        while (!engine.failures().isEmpty()) {
          Thread.sleep(10);
        }
        engine.optimize(AllKinds.COLLECTION, StopSignal.NEVER);
        assertThat(AllKinds.answers(engine)).isEqualTo(expected);
        // More rows to seal, the same as there are.
        AllKinds.fillAgain(engine);
      }
      assertThat(failures).isPositive();
    }
    try (VectorEngine engine = AllKinds.open(disk.copy(6))) {
      assertThat(engine.status().getFirst().liveRows()).isEqualTo(100);
    }
  }

  @Test
  void fullDiskCanBeOpenedAndRead() throws Exception {
    List<String> expected;
    try (VectorEngine engine = AllKinds.open(WHOLE.copy(3))) {
      expected = AllKinds.answers(engine);
    }
    files.capacity(files.used());
    try (VectorEngine engine = AllKinds.open(files)) {
      assertThat(AllKinds.answers(engine)).isEqualTo(expected);
      assertThat(engine.failures())
          .singleElement()
          .asString()
          .contains("Writing the manifest failed")
          .contains("No space left on device");
      assertThatThrownBy(engine::nextRowNumber)
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "Rows without a key of their own cannot be numbered, since the manifest cannot be"
                  + " written: No space left on device. Make room on the disk and try again.");
      files.heal();
      long first = engine.nextRowNumber();
      while (!engine.failures().isEmpty()) {
        Thread.sleep(10);
      }
      assertThat(engine.nextRowNumber()).isEqualTo(first + 1);
    }
    long number;
    try (VectorEngine engine = AllKinds.open(files)) {
      number = engine.nextRowNumber();
    }
    try (VectorEngine engine = AllKinds.open(files)) {
      assertThat(engine.nextRowNumber()).isGreaterThan(number + (1L << 39));
    }
  }

  /** What was begun in vain is removed: it would only keep the disk full. */
  private static void awaitNoLeftovers(FaultyFiles disk) throws InterruptedException {
    List<Finding> leftovers = List.of();
    for (int i = 0; i < 100; i++) {
      // The next attempt may be under way.
      leftovers =
          DatabaseCheck.run(disk.copy(9), new RecordingSubscriber(), (segments, of) -> {})
              .findings();
      if (leftovers.isEmpty()) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError(leftovers);
  }
}

package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.backup.BackupReport;
import io.quiver.engine.check.DatabaseCheck;
import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.MemoryFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Copies of an open database. */
class BackupTest {
  /** So short that the log has several files, and sealing cuts it. */
  private static final long LOG_FILE_BYTES = 2_000;

  private final CollectionSchema pages = Pages.schema(1, 2);
  private final CollectionSchema others = Pages.schema(2, 1);

  private static VectorEngine open(FileStore files) {
    return VectorEngine.open(files, Pages.options(50), new RecordingSubscriber(), LOG_FILE_BYTES);
  }

  /** Puts a row into both collections as one commit, and takes an older one out of both. */
  private void write(VectorEngine engine, long id) {
    engine.commit(
        List.of(
            Pages.insert(pages, Pages.row(id, "en", 1, 1, id, 0, 0)),
            Pages.insert(others, Pages.row(id, "fr", 1, 0, id, 0, 1))),
        0);
  }

  private static long rows(VectorEngine engine, CollectionSchema schema) {
    try (Snapshot snapshot = engine.snapshot()) {
      return snapshot.collection(schema.id()).rowCount();
    }
  }

  @Test
  void everyCommitUpToTheCopyIsInItAndNoneAfter() throws Exception {
    try (VectorEngine engine = open(new FaultyFiles(1))) {
      engine.define(Pages.create(pages));
      engine.define(Pages.create(others));
      AtomicLong acknowledged = new AtomicLong();
      AtomicBoolean enough = new AtomicBoolean();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!enough.get()) {
                      write(engine, acknowledged.get());
                      acknowledged.incrementAndGet();
                    }
                  });
      try {
        for (int copy = 1; copy <= 6; copy++) {
          while (acknowledged.get() < copy * 120L) {
            Thread.sleep(1);
          }
          long before = acknowledged.get();
          FaultyFiles target = new FaultyFiles(copy);
          BackupReport report = engine.backup(target, StopSignal.NEVER);
          long after = acknowledged.get();
          target.cutPower();
          assertThat(DatabaseCheck.run(target, new RecordingSubscriber(), (s, of) -> {}).findings())
              .isEmpty();
          try (VectorEngine restored = open(target)) {
            long there = rows(restored, pages);
            assertThat(there).isBetween(before, after + 1);
            assertThat(rows(restored, others)).as("a commit is there whole").isEqualTo(there);
            // Two definitions went before, and each commit is one record.
            assertThat(report.position()).isEqualTo(there + 2);
            write(restored, 1_000_000);
            assertThat(rows(restored, others)).isEqualTo(there + 1);
          }
        }
      } finally {
        enough.set(true);
        writer.join();
      }
    }
  }

  @Test
  void aCopyThatFailsLeavesNothingBehindAndTheDatabaseGoesOn() throws IOException {
    try (VectorEngine engine = open(new MemoryFiles())) {
      engine.define(Pages.create(pages));
      engine.define(Pages.create(others));
      for (long id = 0; id < 150; id++) {
        write(engine, id);
      }
      engine.optimize(pages.id(), StopSignal.NEVER);
      int failed = 0;
      for (long call = 1; call < 200; call += 7) {
        FaultyFiles target = new FaultyFiles(call);
        target.failAt(call, 1, FaultyFiles.Fault.FULL);
        try {
          engine.backup(target, StopSignal.NEVER);
        } catch (StorageException e) {
          failed++;
          assertThat(e).message().contains("Nothing of it was kept");
          assertThat(target.list("")).as("call %s", call).isEmpty();
        }
      }
      assertThat(failed).isPositive();
      write(engine, 150);
      assertThat(rows(engine, pages)).isEqualTo(151);
    }
  }

  @Test
  void aCopyCanBeStopped() throws IOException {
    try (VectorEngine engine = open(new MemoryFiles())) {
      engine.define(Pages.create(pages));
      MemoryFiles target = new MemoryFiles();
      StopSignal stopped =
          () -> {
            throw new SearchStoppedException("Enough", false);
          };
      assertThatThrownBy(() -> engine.backup(target, stopped))
          .isInstanceOf(SearchStoppedException.class);
      assertThat(target.list("")).isEmpty();
    }
  }

  @Test
  void aDirectoryThatHoldsSomethingIsRefused() throws IOException {
    try (VectorEngine engine = open(new MemoryFiles())) {
      MemoryFiles target = new MemoryFiles();
      target.create("mine").close();
      assertThatThrownBy(() -> engine.backup(target, StopSignal.NEVER))
          .isInstanceOf(StorageException.class)
          .hasMessage("Directory memory: is not empty. Name a new or an empty one for the copy.");
      assertThat(target.list("")).containsExactly("mine");
    }
  }
}

package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.StopSignal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final long LOG_FILE_BYTES = 300;

  private final FaultyFiles files = new FaultyFiles(1);
  private final CollectionSchema pages = Pages.schema(1, 1);
  private final CollectionSchema others = Pages.schema(2, 1);

  private VectorEngine open() {
    return VectorEngine.open(
        files, Pages.options(1_000), new RecordingSubscriber(), LOG_FILE_BYTES);
  }

  private void insert(VectorEngine engine, CollectionSchema schema, long id) {
    engine.commit(List.of(Pages.insert(schema, Pages.row(id, "en", 1, 1, 0, 0, 0))), 0);
  }

  /**
   * The log is cut as far as an idle shard allows; the shard gets rows; a later manifest follows.
   */
  @Test
  void idleShardThatGetsRowsNeedsNoMoreOfTheLogThanBefore() {
    try (VectorEngine engine = open()) {
      engine.define(Pages.create(pages));
      engine.define(Pages.create(others));
      for (long id = 0; id < 20; id++) {
        insert(engine, pages, id);
      }
      engine.optimize(pages.id(), StopSignal.NEVER);
      insert(engine, others, 1);
      for (long id = 20; id < 40; id++) {
        insert(engine, pages, id);
      }
      engine.optimize(pages.id(), StopSignal.NEVER);
    }
    try (VectorEngine engine = open();
        Snapshot snapshot = engine.snapshot()) {
      assertThat(snapshot.collection(pages.id()).rowCount()).isEqualTo(40);
      assertThat(snapshot.collection(others.id()).rowCount()).isEqualTo(1);
    }
  }

  @Test
  void manifestThatFailedIsNotWrittenOver() throws InterruptedException {
    try (VectorEngine engine = open()) {
      engine.define(Pages.create(pages));
      insert(engine, pages, 1);
    }
    for (long n = 1; n < 40; n++) {
      FaultyFiles disk = files.copy(n);
      try (VectorEngine engine =
          VectorEngine.open(
              disk, Pages.options(1_000), new RecordingSubscriber(), LOG_FILE_BYTES)) {
        disk.failAt(n, 1, FaultyFiles.Fault.FAIL);
        try {
          engine.optimize(pages.id(), StopSignal.NEVER);
        } catch (StorageException e) {
          assertThat(e).message().contains("will be tried again");
          disk.failAt(1 + n % 8, Long.MAX_VALUE / 2, FaultyFiles.Fault.FAIL);
          retry(engine);
        }
      }
      disk.cutPower();
      try (VectorEngine engine =
              VectorEngine.open(
                  disk, Pages.options(1_000), new RecordingSubscriber(), LOG_FILE_BYTES);
          Snapshot snapshot = engine.snapshot()) {
        assertThat(snapshot.collection(pages.id()).rowCount()).as("call %s", n).isEqualTo(1);
      }
    }
  }

  /**
   * Waits until background work has tried again, and failed again where a call was left to fail.
   */
  private static void retry(VectorEngine engine) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (engine.failures().stream().anyMatch(failure -> failure.contains("times"))) {
        return;
      }
      Thread.sleep(10);
    }
  }
}

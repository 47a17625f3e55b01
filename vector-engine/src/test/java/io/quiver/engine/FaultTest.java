package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Disks that fail and fill up. */
class FaultTest {
  private static final long LOG_FILE_BYTES = 3_000;

  private final CollectionSchema pages = Pages.schema(2);

  private VectorEngine open(FaultyFiles files) {
    return VectorEngine.open(files, Pages.options(25), new RecordingSubscriber(), LOG_FILE_BYTES);
  }

  /** Commits batches of three rows until one fails; which keys were acknowledged. */
  private int write(FaultyFiles files, int batches) {
    int acknowledged = 0;
    try (VectorEngine engine = open(files)) {
      if (!hasCollection(engine)) {
        engine.define(Pages.create(pages));
      }
      for (int i = 0; i < batches; i++) {
        engine.commit(
            List.of(
                Pages.upsert(
                    pages,
                    Pages.row(3L * i, "en", i, i, 0, 0, 0),
                    Pages.row(3L * i + 1, "de", i, i, 1, 0, 0),
                    Pages.row(3L * i + 2, "fr", i, i, 2, 0, 0))),
            0);
        acknowledged++;
        if (i == batches / 2) {
          engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
        }
      }
    } catch (StorageException e) {
      assertThat(e).message().isNotEmpty();
    }
    return acknowledged;
  }

  private static boolean hasCollection(VectorEngine engine) {
    return engine.status().stream().anyMatch(status -> status.id() == Pages.COLLECTION);
  }

  private void checkWholeBatches(FaultyFiles files, int acknowledged, String what) {
    try (VectorEngine engine = open(files)) {
      if (!hasCollection(engine)) {
        assertThat(acknowledged).as(what).isZero();
        return;
      }
      try (Snapshot snapshot = engine.snapshot()) {
        CollectionView view = snapshot.collection(Pages.COLLECTION);
        long rows = view.rowCount();
        assertThat(rows % 3).as(what).isZero();
        assertThat(rows / 3).as(what).isBetween((long) acknowledged, acknowledged + 1L);
        for (long key = 0; key < rows; key++) {
          assertThat(view.find(new Object[] {key})).as(what).isNotEqualTo(-1);
        }
      }
    }
  }

  @Test
  void everyCallMayFailOnceAndPowerMayBeCutThere() {
    FaultyFiles whole = new FaultyFiles(0);
    int batches = 24;
    assertThat(write(whole, batches)).isEqualTo(batches);
    long calls = whole.calls();
    for (long n = 1; n <= calls; n++) {
      for (FaultyFiles.Fault fault : FaultyFiles.Fault.values()) {
        FaultyFiles files = new FaultyFiles(n);
        files.failAt(n, 1, fault);
        int acknowledged = write(files, batches);
        files.heal();
        checkWholeBatches(files.copy(n), acknowledged, fault + " of call " + n);
      }
      FaultyFiles files = new FaultyFiles(n);
      files.failAt(n, Long.MAX_VALUE / 2, FaultyFiles.Fault.FAIL);
      int acknowledged = write(files, batches);
      files.cutPower();
      checkWholeBatches(files, acknowledged, "power cut at call " + n);
    }
  }

  @Test
  void fullDiskFailsCommitsAndLosesNothing() {
    FaultyFiles files = new FaultyFiles(3);
    try (VectorEngine engine = open(files)) {
      engine.define(Pages.create(pages));
      long id = 0;
      for (; id < 10; id++) {
        engine.commit(List.of(Pages.insert(pages, Pages.row(id, "en", 1, 1, 0, 0, 0))), 0);
      }
      files.capacity(files.used());
      WriteBatch batch = Pages.insert(pages, Pages.row(id, "en", 1, 1, 0, 0, 0));
      assertThatThrownBy(() -> engine.commit(List.of(batch), 0))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("Make room on the disk and commit again.");
      try (Snapshot snapshot = engine.snapshot()) {
        assertThat(snapshot.collection(Pages.COLLECTION).rowCount()).isEqualTo(10);
      }
      files.heal();
      engine.commit(List.of(batch), 0);
      try (Snapshot snapshot = engine.snapshot()) {
        assertThat(snapshot.collection(Pages.COLLECTION).rowCount()).isEqualTo(11);
      }
    }
  }

  @Test
  void failedSyncStopsWritesAndKeepsWhatWasCommitted() {
    FaultyFiles files = new FaultyFiles(4);
    try (VectorEngine engine = open(files)) {
      engine.define(Pages.create(pages));
      engine.commit(List.of(Pages.insert(pages, Pages.row(1, "en", 1, 1, 0, 0, 0))), 0);
      files.failForces(true);
      assertThatThrownBy(
              () ->
                  engine.commit(List.of(Pages.insert(pages, Pages.row(2, "en", 1, 1, 0, 0, 0))), 0))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("could not be made durable");
      files.heal();
      assertThatThrownBy(
              () ->
                  engine.commit(List.of(Pages.insert(pages, Pages.row(3, "en", 1, 1, 0, 0, 0))), 0))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("takes no more writes");
      try (Snapshot snapshot = engine.snapshot()) {
        assertThat(snapshot.collection(Pages.COLLECTION).find(new Object[] {1L})).isNotEqualTo(-1);
        assertThat(snapshot.collection(Pages.COLLECTION).find(new Object[] {2L})).isEqualTo(-1);
      }
    }
  }
}

package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Dquiver.seeds=2000} runs more seeds of the model, {@code -Dquiver.seed=7} one. */
class TransactionTest {
  private static final int OPERATIONS = 150;
  private final CollectionSchema schema = Pages.schema(1);
  private final CollectionSchema other = Pages.schema(2, 2);

  @Test
  void everyTransactionSeesItsSnapshotAndItselfAndCommitsUnlessAnotherWroteItsKeys() {
    String one = System.getProperty("quiver.seed", "");
    int count = Integer.getInteger("quiver.seeds", 40);
    long from = one.isEmpty() ? 0 : Long.parseLong(one);
    int conflicts = 0;
    int commits = 0;
    for (long seed = from; seed < from + (one.isEmpty() ? count : 1); seed++) {
      TransactionModel model = new TransactionModel(seed);
      try {
        model.run(OPERATIONS);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "Seed "
                + seed
                + " fails; replay it with -Dquiver.seed="
                + seed
                + "\n"
                + model.history(),
            e);
      }
      conflicts += model.conflicts;
      commits += model.commits;
    }
    if (one.isEmpty()) {
      assertThat(conflicts).as("transactions that conflict").isGreaterThan(count);
      assertThat(commits).as("transactions that commit").isGreaterThan(count);
    }
  }

  /** Power goes at each call of the file system in turn while a transaction commits. */
  @Test
  void ofATransactionCutOffInItsCommitAllIsThereOrNothing() {
    int kept = 0;
    int lost = 0;
    for (int calls = 1; calls <= 12; calls++) {
      for (FaultyFiles.Fault fault : FaultyFiles.Fault.values()) {
        FaultyFiles files = new FaultyFiles(calls);
        VectorEngine engine = open(files);
        engine.define(Pages.create(schema));
        engine.define(Pages.create(other));
        engine.commit(
            List.of(Pages.insert(schema, Pages.row(1, "de", 1, 1, 2, 3, 4))),
            engine.snapshotPosition());
        Transaction transaction = engine.begin();
        transaction.write(
            List.of(
                Pages.upsert(schema, Pages.row(1, "en", 2, 1, 2, 3, 4)),
                Pages.insert(
                    other, Pages.row(5, "fr", 1, 1, 2, 3, 4), Pages.row(6, "fr", 1, 1, 2, 3, 4))));
        transaction.write(List.of(Pages.insert(other, Pages.row(7, "it", 1, 1, 2, 3, 4))));
        files.failAt(calls, Long.MAX_VALUE / 2, fault);
        boolean acknowledged = commits(transaction);
        closeAsItGoes(engine);
        files.cutPower();
        try (VectorEngine again = open(files);
            Snapshot snapshot = again.snapshot()) {
          CollectionView first = snapshot.collection(Pages.COLLECTION);
          long second = snapshot.collection(2).rowCount();
          Object language = first.value(first.find(new Object[] {1L}), Pages.LANGUAGE);
          assertThat(second).as("after %s calls and %s", calls, fault).isIn(0L, 3L);
          assertThat(language).isEqualTo(second == 0 ? "de" : "en");
          if (acknowledged) {
            assertThat(second).isEqualTo(3);
          }
          kept += second == 0 ? 0 : 1;
          lost += second == 0 ? 1 : 0;
        }
      }
    }
    assertThat(kept).isPositive();
    assertThat(lost).isPositive();
  }

  private static boolean commits(Transaction transaction) {
    try {
      transaction.commit();
      return true;
    } catch (StorageException e) {
      return false;
    }
  }

  private static void closeAsItGoes(VectorEngine engine) {
    try {
      engine.close();
    } catch (StorageException e) {
      // The disk is gone, which is the point.
    }
  }

  private static VectorEngine open(FaultyFiles files) {
    return VectorEngine.open(files, Pages.options(1000), new RecordingSubscriber(), 1 << 20);
  }

  @Test
  void aTransactionDoesNotOutliveTheDefinitionOfItsCollections() {
    try (VectorEngine engine =
        VectorEngine.openInMemory(Pages.options(1000), new RecordingSubscriber())) {
      engine.define(Pages.create(schema));
      try (Transaction transaction = engine.begin()) {
        engine.define(Pages.create(other));
        try (Snapshot snapshot = transaction.snapshot()) {
          assertThat(snapshot.collection(1).rowCount()).isZero();
          assertThatThrownBy(() -> snapshot.collection(2))
              .isInstanceOf(WriteConflictException.class)
              .hasMessage("Collection pages2 was made after the transaction began");
          assertThatThrownBy(() -> snapshot.collection(3))
              .isInstanceOf(IllegalArgumentException.class);
        }
        engine.define(new Definition(List.of(new SchemaChange.Drop(schema.id())), new byte[] {2}));
        assertThatThrownBy(
                () ->
                    transaction.write(
                        List.of(Pages.insert(schema, Pages.row(1, "de", 1, 1, 2, 3, 4)))))
            .isInstanceOf(WriteConflictException.class)
            .hasMessage("Collection pages1 was dropped after the transaction began");
      }
    }
  }

  /** A long transaction holds no lock: others commit, seal and merge beside it. */
  @Test
  void othersWriteOnBesideALongTransaction() {
    try (VectorEngine engine =
        VectorEngine.openInMemory(Pages.options(50), new RecordingSubscriber())) {
      engine.define(Pages.create(schema));
      try (Transaction transaction = engine.begin()) {
        transaction.write(List.of(Pages.insert(schema, Pages.row(-1, "de", 1, 1, 2, 3, 4))));
        for (int key = 0; key < 400; key++) {
          engine.commit(
              List.of(Pages.insert(schema, Pages.row(key, "en", key, key, 2, 3, 4))),
              engine.snapshotPosition());
        }
        engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
        try (Snapshot snapshot = transaction.snapshot()) {
          assertThat(snapshot.collection(1).count(new RowFilter.All(), StopSignal.NEVER))
              .isEqualTo(1);
        }
        transaction.commit();
      }
      try (Snapshot snapshot = engine.snapshot()) {
        assertThat(snapshot.collection(1).rowCount()).isEqualTo(401);
      }
    }
  }
}

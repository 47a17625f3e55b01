package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.LogRecord;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.write.ColumnDeriver;
import io.quiver.engine.write.WriteBatch;
import java.util.List;

/**
 * A commit as the writing thread takes it: each key once, derived columns computed, bytes for the
 * log ready. Made by the thread that commits, so that preparing runs in parallel.
 *
 * @param checks what must hold of each key, by collection
 * @param readPosition of the snapshot the changes were computed from
 * @param isTransaction whether rows expected absent were absent in that snapshot, so that one that
 *     is there now is another's doing
 */
record PreparedCommit(
    CommitRecord record,
    LogRecord logRecord,
    List<Check> checks,
    long readPosition,
    boolean isTransaction) {
  /**
   * What must hold of one key.
   *
   * @param values of the key, for messages
   * @param row of the change in its batch
   * @param patches whether the change is of a row that must be there
   * @param alive whether the row is there after this commit
   */
  record Check(
      CollectionSchema schema,
      int shard,
      RowKey key,
      WriteBatch.Expectation expectation,
      Object[] values,
      int row,
      boolean patches,
      boolean alive) {}

  /**
   * Prepares a commit.
   *
   * @throws DuplicateKeyException if the batches themselves insert a key twice
   */
  static PreparedCommit of(List<WriteBatch> batches, long readPosition, ColumnDeriver deriver) {
    CommitDraft draft = new CommitDraft(deriver);
    for (WriteBatch batch : batches) {
      for (int row = 0; row < batch.changes().size(); row++) {
        draft.add(draft.change(batch, row));
      }
    }
    return draft.finish(readPosition, false);
  }
}

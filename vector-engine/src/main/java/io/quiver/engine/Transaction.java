package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.write.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several changes that become durable and visible together, and until then are seen by themselves
 * alone.
 *
 * <p>Reads one snapshot of the database with its own changes laid over it, and takes no lock:
 * others go on writing. Of two transactions that write the same key the second to commit fails.
 * (Snapshot isolation: Berenson and others, "A Critique of ANSI SQL Isolation Levels", 1995. Two
 * transactions that each read what the other writes may both commit.)
 *
 * <p>Holds its snapshot, and memory for its changes, until it is over. Safe for use by many
 * threads, one at a time.
 */
public final class Transaction implements AutoCloseable {
  private final VectorEngine engine;
  private final EngineSnapshot base;
  private final List<List<CommitDraft.Change>> written = new ArrayList<>();
  private CommitDraft draft;
  private Overlay overlay;
  private int changes;
  private boolean over;

  /** Takes over the snapshot. */
  Transaction(VectorEngine engine, EngineSnapshot base) {
    this.engine = engine;
    this.base = base;
    this.draft = new CommitDraft(base.deriver());
    this.overlay = new Overlay(base);
  }

  /** A point to come back to: how many calls of {@link #write} there were. */
  public record Mark(int writes) {}

  /** The database as the next statement sees it; may be read on when the transaction is over. */
  public synchronized Snapshot snapshot() {
    checkOpen();
    return new TransactionSnapshot(engine, base.again(), overlay.prefixes(), overlay.position());
  }

  /**
   * Makes the changes of one statement: all of them, or none if it fails.
   *
   * @throws DuplicateKeyException if a row expected absent is there
   * @throws WriteConflictException if a collection was defined anew since the transaction began
   * @throws IllegalArgumentException if there are more changes than one commit can have
   */
  public synchronized void write(List<WriteBatch> batches) {
    checkOpen();
    List<CommitDraft.Change> made = new ArrayList<>();
    Map<Long, Map<RowKey, Boolean>> known = new HashMap<>();
    for (WriteBatch batch : batches) {
      TransactionSnapshot.checkSchema(engine, base, batch.schema().id());
      Map<RowKey, Boolean> holds =
          known.computeIfAbsent(batch.schema().id(), id -> new HashMap<>());
      for (int row = 0; row < batch.changes().size(); row++) {
        CommitDraft.Change change = draft.change(batch, row);
        RowKey key = change.rowChange().key();
        Boolean own = holds.get(key);
        boolean isThere = own == null ? overlay.holds(change.schema(), key, change.key()) : own;
        if (isThere && change.expectation() == WriteBatch.Expectation.ABSENT) {
          throw new DuplicateKeyException(change.schema().name(), change.key(), row);
        }
        if (!isThere && change.rowChange().isPatch()) {
          throw new IllegalArgumentException("Invalid update: of a row that is not there");
        }
        // What was seen here must still hold at the commit.
        made.add(
            change.expecting(
                isThere ? WriteBatch.Expectation.UNCHANGED : WriteBatch.Expectation.ABSENT));
        holds.put(key, change.puts());
      }
    }
    if (!made.isEmpty()) {
      add(made);
    }
  }

  private void add(List<CommitDraft.Change> made) {
    overlay.apply(made);
    made.forEach(draft::add);
    written.add(made);
    changes += made.size();
  }

  /** Whether anything was written that is to be committed. */
  public synchronized boolean hasChanges() {
    return changes > 0;
  }

  /** The point there is now. */
  public synchronized Mark mark() {
    checkOpen();
    return new Mark(written.size());
  }

  /** Takes back what was written since a point of this transaction. */
  public synchronized void rollBackTo(Mark mark) {
    checkOpen();
    if (mark.writes >= written.size()) {
      return;
    }
    List<List<CommitDraft.Change>> kept = List.copyOf(written.subList(0, mark.writes));
    overlay.release();
    overlay = new Overlay(base);
    draft = draft.emptied();
    written.clear();
    changes = 0;
    kept.forEach(this::add);
  }

  /**
   * Commits the changes as one record of the log, and ends the transaction however that goes.
   *
   * @return the position of the commit
   * @throws WriteConflictException if another commit wrote one of the keys since the transaction
   *     began, or a collection was defined anew; nothing was committed
   * @throws StorageException if the log cannot be written; nothing was committed, unless the
   *     message says that this is unknown
   */
  public synchronized long commit() {
    checkOpen();
    try {
      return changes == 0 ? base.position() : engine.commit(draft.finish(base.position(), true));
    } finally {
      close();
    }
  }

  private void checkOpen() {
    if (over) {
      throw new IllegalStateException("The transaction is over");
    }
  }

  /** Ends it; what is not committed is gone. */
  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      overlay.release();
      written.clear();
      base.close();
    }
  }
}

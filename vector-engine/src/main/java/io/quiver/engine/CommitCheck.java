package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.write.WriteBatch;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether commits of one group may enter the log: each is checked against the state and against
 * those of the group accepted before it, so that nothing in the log can fail when it is applied.
 */
final class CommitCheck {
  private record CollectionKey(long collection, RowKey key) {}

  private record Pending(long position, boolean alive) {}

  private final StateWriter state;
  private final boolean several;
  private final Map<CollectionKey, Pending> pending = new HashMap<>();

  /**
   * @param several whether more than one commit will be checked
   */
  CommitCheck(StateWriter state, boolean several) {
    this.state = state;
    this.several = several;
  }

  /**
   * Accepts a commit.
   *
   * @param position it will have
   * @throws DuplicateKeyException if a row expected absent is there
   * @throws WriteConflictException if a row expected unchanged was changed, or the schema was
   */
  void accept(PreparedCommit commit, long position) {
    CollectionSchema checked = null;
    for (PreparedCommit.Check check : commit.checks()) {
      if (check.schema() != checked) {
        checkSchema(check.schema());
        checked = check.schema();
      }
      checkKey(check, commit);
    }
    if (several) {
      for (PreparedCommit.Check check : commit.checks()) {
        pending.put(
            new CollectionKey(check.schema().id(), check.key()),
            new Pending(position, check.alive()));
      }
    }
  }

  private void checkSchema(CollectionSchema schema) {
    CollectionSchema current = state.schema(schema.id());
    if (current == null) {
      throw new WriteConflictException(
          "Collection " + schema.name() + " was dropped meanwhile; nothing was written");
    }
    if (!current.equals(schema)) {
      throw new WriteConflictException("Collection " + schema.name() + " was redefined meanwhile");
    }
  }

  private void checkKey(PreparedCommit.Check check, PreparedCommit commit) {
    state.verifyKeys(check.schema().id(), check.shard());
    if (check.expectation() == WriteBatch.Expectation.ANY && !check.patches()) {
      return;
    }
    Pending known =
        several ? pending.get(new CollectionKey(check.schema().id(), check.key())) : null;
    boolean alive;
    long changedAt;
    if (known != null) {
      alive = known.alive;
      changedAt = known.position;
    } else {
      StateWriter.Located located = state.locate(check.schema().id(), check.shard(), check.key());
      alive = located.isLive();
      changedAt = located.changedAt();
    }
    boolean wantsAbsent = check.expectation() == WriteBatch.Expectation.ABSENT;
    if (wantsAbsent && alive && !commit.isTransaction()) {
      throw new DuplicateKeyException(check.schema().name(), check.values(), check.row());
    }
    if (wantsAbsent ? alive : changedAt > commit.readPosition() || (check.patches() && !alive)) {
      throw new WriteConflictException(check.schema().name(), check.values());
    }
  }
}

package io.quiver.planner.transaction;

import io.quiver.engine.Snapshot;
import io.quiver.engine.Transaction;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.WriteConflictException;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.write.WriteBatch;
import io.quiver.planner.Prepared;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a session: each statement by itself, or all statements up to a COMMIT.
 *
 * <p>It takes its snapshot with the first statement that reads or writes, not with BEGIN, so that a
 * connection that waits holds nothing. A statement that fails changes nothing and leaves it open.
 * For one thread at a time, but {@link #close} for any.
 */
public final class SessionTransaction {
  private final Runnable atEnd;
  private final List<Savepoint> savepoints = new ArrayList<>();

  /** What the open one wrote to. */
  private final Set<TableDefinition> written = new HashSet<>();

  private @Nullable Transaction open;
  private boolean autoCommit = true;
  private boolean begun;
  private boolean readOnly;
  private boolean closed;

  private record Savepoint(String name, Transaction.Mark mark) {}

  /**
   * @param atEnd what else is over with a transaction, such as settings made for it
   */
  public SessionTransaction(Runnable atEnd) {
    this.atEnd = atEnd;
  }

  /** Whether each statement is a transaction by itself, unless BEGIN says otherwise. */
  public synchronized boolean autoCommit() {
    return autoCommit;
  }

  /** Changes that; a transaction that is open is committed. */
  public synchronized void autoCommit(boolean each) {
    if (each != autoCommit) {
      commit();
      autoCommit = each;
    }
  }

  /** Whether statements are part of a transaction that goes on after them. */
  public synchronized boolean isActive() {
    return begun || !autoCommit;
  }

  /** Whether statements of it were run already. */
  public synchronized boolean isUnderWay() {
    return begun || open != null;
  }

  /** What the next statement reads; the caller closes it. */
  public synchronized Snapshot snapshot(VectorEngine engine) {
    return isActive() ? opened(engine).snapshot() : engine.snapshot();
  }

  /**
   * Takes the changes of a statement: commits them, or keeps them for the commit.
   *
   * @param table whose changes they are
   * @param readPosition of the snapshot they were computed from
   */
  public synchronized void write(
      VectorEngine engine, List<WriteBatch> batches, TableDefinition table, long readPosition) {
    if (isActive()) {
      opened(engine).write(batches);
      written.add(table);
    } else {
      engine.commit(batches, readPosition);
    }
  }

  private Transaction opened(VectorEngine engine) {
    if (closed) {
      throw new SearchStoppedException("The connection was closed", false);
    }
    Transaction transaction = open;
    if (transaction == null) {
      transaction = engine.begin();
      open = transaction;
    }
    return transaction;
  }

  /** Refuses what the transaction cannot have; a definition commits what came before it. */
  public synchronized void admit(Prepared.Kind kind) {
    switch (kind) {
      case INSERT, UPDATE, DELETE, MERGE -> refuseIfReadOnly();
      case DEFINITION -> {
        refuseIfReadOnly();
        commit();
      }
      case QUERY, SETTING, TRANSACTION -> {}
    }
  }

  private void refuseIfReadOnly() {
    if (readOnly) {
      throw SqlProblem.of(
              ErrorCode.TRANSACTION_READ_ONLY,
              "the transaction was begun READ ONLY",
              "end it, and begin the next one READ WRITE.")
          .asException();
    }
  }

  /** Begins a transaction that lasts until COMMIT or ROLLBACK. */
  public synchronized void begin(boolean onlyReads) {
    if (isUnderWay()) {
      throw SqlProblem.of(
              ErrorCode.TRANSACTION_OPEN,
              "a transaction is open already",
              "COMMIT it or ROLLBACK first; SAVEPOINT marks a point inside it.")
          .asException();
    }
    begun = true;
    readOnly = onlyReads;
  }

  /** Says of the transaction that it only reads, or writes too, before its first statement. */
  public synchronized void mode(boolean onlyReads) {
    if (open != null && !onlyReads && readOnly) {
      throw SqlProblem.of(
              ErrorCode.TRANSACTION_OPEN,
              "the transaction has begun to read",
              "say READ WRITE before its first statement.")
          .asException();
    }
    readOnly = onlyReads;
  }

  /**
   * Makes durable and visible what was written, at once; the transaction is over however it goes.
   */
  public synchronized void commit() {
    Transaction transaction = open;
    List<TableDefinition> tables = List.copyOf(written);
    ended();
    if (transaction != null) {
      try {
        transaction.commit();
      } catch (WriteConflictException conflict) {
        throw conflict(WrittenRow.of(conflict, tables).orElse(conflict.getMessage()));
      }
    }
  }

  /** Takes back what was written. */
  public synchronized void rollback() {
    Transaction transaction = open;
    ended();
    if (transaction != null) {
      transaction.close();
    }
  }

  private void ended() {
    open = null;
    begun = false;
    readOnly = false;
    savepoints.clear();
    written.clear();
    atEnd.run();
  }

  /** Names the point there is now; a name given before means the later point from now on. */
  public synchronized void savepoint(VectorEngine engine, String name) {
    if (!isActive()) {
      throw SqlProblem.of(
              ErrorCode.TRANSACTION_NONE,
              "a savepoint marks a point of a transaction, and none is open",
              "BEGIN one, or switch autocommit off.")
          .asException();
    }
    savepoints.add(new Savepoint(name, opened(engine).mark()));
  }

  /** Takes back what was written since a savepoint, which stays. */
  public synchronized void rollbackTo(String name) {
    int at = find(name);
    Transaction transaction = open;
    if (transaction != null) {
      transaction.rollBackTo(savepoints.get(at).mark());
    }
    savepoints.subList(at + 1, savepoints.size()).clear();
  }

  /** Forgets a savepoint and those after it; what was written stays. */
  public synchronized void release(String name) {
    savepoints.subList(find(name), savepoints.size()).clear();
  }

  private int find(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name().equals(name)) {
        return i;
      }
    }
    throw SqlProblem.of(
            isActive() ? ErrorCode.SAVEPOINT_UNKNOWN : ErrorCode.TRANSACTION_NONE,
            "there is no savepoint \"" + name + "\"",
            savepoints.isEmpty()
                ? "SAVEPOINT " + name + " makes one, inside a transaction."
                : "the savepoints are "
                    + String.join(", ", savepoints.stream().map(Savepoint::name).toList())
                    + ".")
        .asException();
  }

  /** Where a transaction stands: what it has written so far; empty if none is under way. */
  synchronized OptionalInt writes() {
    Transaction transaction = open;
    return transaction == null ? OptionalInt.empty() : OptionalInt.of(transaction.mark().writes());
  }

  /** Takes back what was written since {@link #writes} gave this. */
  synchronized void rollBackTo(OptionalInt writes) {
    Transaction transaction = open;
    if (transaction != null) {
      transaction.rollBackTo(new Transaction.Mark(writes.orElse(0)));
    }
  }

  /** Ends the session's transactions, rolling back what is open. From any thread. */
  public synchronized void close() {
    closed = true;
    rollback();
  }

  /** A conflict in words of SQL. */
  public static SqlProblemException conflict(WriteConflictException conflict) {
    return conflict(conflict.getMessage());
  }

  private static SqlProblemException conflict(@Nullable String what) {
    return SqlProblem.of(
            ErrorCode.WRITE_CONFLICT,
            "another transaction came first: " + what,
            "roll back, and run the whole transaction again.")
        .asException();
  }
}

package io.quiver.jdbc.meta;

import io.quiver.planner.Prepared;
import io.quiver.planner.Session;
import io.quiver.planner.transaction.SessionTransaction;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.NoSuchStatementException;

/** What one connection holds: its session and its statements. */
final class MetaSession {
  private final Session session;
  private final VectorFormat vectors;
  private final Map<Integer, MetaStatement> statements = new ConcurrentHashMap<>();
  private final boolean describesOnce;
  private final int mostStatements;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean readOnly;
  private volatile long lastUsed = System.nanoTime();

  /**
   * @param describesOnce whether the client keeps what it was told of a statement's columns
   * @param mostStatements that may be open at once
   */
  MetaSession(Session session, VectorFormat vectors, boolean describesOnce, int mostStatements) {
    this.session = session;
    this.vectors = vectors;
    this.describesOnce = describesOnce;
    this.mostStatements = mostStatements;
  }

  /** Waits for what another thread of the client does on the same connection. */
  void lock() {
    lock.lock();
  }

  void unlock() {
    used();
    lock.unlock();
  }

  /** Something was asked of the connection. */
  void used() {
    lastUsed = System.nanoTime();
  }

  /** Whether nothing runs, and nothing was asked for so many nanoseconds. */
  boolean isIdle(long nanos) {
    return !lock.isLocked() && System.nanoTime() - lastUsed >= nanos;
  }

  Session session() {
    return session;
  }

  VectorFormat vectors() {
    return vectors;
  }

  boolean describesOnce() {
    return describesOnce;
  }

  /** Does what a client wants of the connection; how it stands then. */
  Meta.ConnectionProperties sync(Meta.ConnectionProperties wanted, Consumer<String> checkSchema) {
    SessionTransaction transaction = session.transaction();
    Boolean autoCommit = wanted.isAutoCommit();
    if (autoCommit != null) {
      transaction.autoCommit(autoCommit);
    }
    Boolean toReadOnly = wanted.isReadOnly();
    if (toReadOnly != null && toReadOnly != readOnly) {
      if (transaction.isUnderWay()) {
        throw Translation.problem(
            "25001", 0, "Cannot change read-only while a transaction is under way: end it first");
      }
      readOnly = toReadOnly;
    }
    String schema = wanted.getSchema();
    if (schema != null) {
      checkSchema.accept(schema);
      session.useSchema(schema);
    }
    return new ConnectionPropertiesImpl(
        transaction.autoCommit(),
        readOnly,
        Connection.TRANSACTION_REPEATABLE_READ,
        null,
        session.schema());
  }

  MetaStatement add(int id) {
    if (statements.size() >= mostStatements) {
      throw Translation.problem(
          "53000",
          0,
          "The connection has "
              + mostStatements
              + " open statements, the most it may have. Close those that are done with.");
    }
    MetaStatement statement = new MetaStatement();
    statements.put(id, statement);
    return statement;
  }

  MetaStatement statement(Meta.StatementHandle handle) throws NoSuchStatementException {
    MetaStatement statement = statements.get(handle.id);
    if (statement == null) {
      throw new NoSuchStatementException(handle);
    }
    return statement;
  }

  void close(int id) {
    MetaStatement statement = statements.remove(id);
    if (statement != null) {
      statement.close();
    }
  }

  void close() {
    for (Integer id : statements.keySet()) {
      close(id);
    }
    session.transaction().close();
  }

  /** Refuses writes where the connection was declared read-only. */
  void check(Prepared statement) {
    boolean writes =
        switch (statement.kind()) {
          case INSERT, UPDATE, DELETE, MERGE, DEFINITION -> true;
          case QUERY, SETTING, TRANSACTION -> false;
        };
    if (writes) {
      checkWrites();
    }
  }

  /** Refuses to write where the connection was declared read-only. */
  void checkWrites() {
    if (readOnly) {
      throw Translation.problem("25006", 0, "Cannot write: the connection is read-only");
    }
  }

  /** Refuses a batch of more rows than the server takes at once. */
  void checkBatch(int rows) {
    int most = session.limits().batchRows();
    if (rows > most) {
      throw SqlProblem.of(
              ErrorCode.LIMIT_EXCEEDED,
              "the batch has " + rows + " rows, more than the " + most + " of max_batch_rows",
              "send it in several.")
          .asException();
    }
  }

  /** Milliseconds the session allows a statement; 0 for no limit. */
  long limitMillis() {
    return session.setting("statement_timeout").map(Long::parseLong).orElse(0L);
  }
}

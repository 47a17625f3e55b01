package io.quiver.jdbc.meta;

import static io.quiver.jdbc.meta.Translation.telling;

import io.quiver.jdbc.ConnectionProperty;
import io.quiver.jdbc.avatica.ListedMetadata;
import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.StatementControl;
import io.quiver.jdbc.avatica.WireEnvelope;
import io.quiver.planner.Prepared;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import io.quiver.planner.transaction.SessionTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.ProtobufMeta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's Meta over a {@link StatementRunner}.
 *
 * <p>In this process each connection has one of its own and reads rows straight from the cursor; a
 * server has one for all its connections, and rows leave as frames. Nothing that a client sends is
 * taken for the name of a class: rows are arrays always.
 */
public final class QuiverMeta extends ListedMetadata implements ProtobufMeta, StatementControl {
  private static final int FRAME_ROWS = 100;
  private static final int FRAME_ROWS_MOST = 10_000;

  private final StatementRunner runner;
  private final SessionGate gate;
  private final boolean local;
  private final Map<String, MetaSession> open = new ConcurrentHashMap<>();
  private final AtomicInteger statementIds = new AtomicInteger();

  private QuiverMeta(
      @Nullable AvaticaConnection connection, StatementRunner runner, SessionGate gate) {
    super(connection);
    this.runner = runner;
    this.gate = gate;
    this.local = connection != null;
  }

  /**
   * For a connection in this process.
   *
   * @param sessions makes the session of a connection from its properties
   */
  public static QuiverMeta local(
      AvaticaConnection connection,
      StatementRunner runner,
      Function<Map<String, String>, Session> sessions) {
    return new QuiverMeta(
        connection,
        runner,
        properties -> {
          Session session = sessions.apply(properties);
          session.allowFiles();
          return session;
        });
  }

  /**
   * For the connections of a server.
   *
   * @param gate decides who connects, and how much runs at once
   */
  public static QuiverMeta serving(StatementRunner runner, SessionGate gate) {
    return new QuiverMeta(null, runner, gate);
  }

  private MetaSession session(ConnectionHandle connection) {
    return session(connection.id);
  }

  private MetaSession session(String connectionId) {
    MetaSession session = open.get(connectionId);
    if (session == null || !gate.admits(session.session())) {
      throw new NoSuchConnectionException(connectionId);
    }
    session.used();
    return session;
  }

  private MetaStatement statement(StatementHandle handle) throws NoSuchStatementException {
    return session(handle.connectionId).statement(handle);
  }

  @Override
  public void openConnection(ConnectionHandle connection, @Nullable Map<String, String> given) {
    // Over the wire, none at all is null.
    Map<String, String> properties = given == null ? Map.of() : given;
    telling(
        "",
        () -> {
          VectorFormat format =
              VectorFormat.named(
                  properties.getOrDefault(ConnectionProperty.VECTOR_FORMAT.propertyName(), "text"));
          MetaSession session =
              new MetaSession(
                  gate.open(properties), format, describesOnce(properties), gate.mostStatements());
          if (open.putIfAbsent(connection.id, session) != null) {
            gate.closed(session.session());
            throw Translation.problem("08002", 0, "The connection is open already");
          }
          return session;
        });
  }

  private static boolean describesOnce(Map<String, String> properties) {
    String columns = properties.getOrDefault(ConnectionProperty.COLUMNS.propertyName(), "always");
    return switch (columns) {
      case "always" -> false;
      case "once" -> true;
      default ->
          throw Translation.problem(
              "22023", 0, "Invalid columns '" + columns + "': it is always or once");
    };
  }

  @Override
  public void closeConnection(ConnectionHandle connection) {
    MetaSession session = open.get(connection.id);
    if (session != null && gate.admits(session.session())) {
      close(connection.id, session);
    }
  }

  private void close(String id, MetaSession session) {
    if (open.remove(id, session)) {
      try {
        session.close();
      } finally {
        gate.closed(session.session());
      }
    }
  }

  /**
   * Closes the connections that nothing was asked of for a while.
   *
   * @return how many
   */
  public int expire(Duration idle) {
    int closed = 0;
    for (Map.Entry<String, MetaSession> each : open.entrySet()) {
      if (each.getValue().isIdle(idle.toNanos())) {
        close(each.getKey(), each.getValue());
        closed++;
      }
    }
    return closed;
  }

  /** Closes all connections: what runs is stopped. */
  public void closeAll() {
    for (Map.Entry<String, MetaSession> each : open.entrySet()) {
      close(each.getKey(), each.getValue());
    }
  }

  /** Whether the caller has such a connection. */
  public boolean isOpen(ConnectionHandle connection) {
    MetaSession session = open.get(connection.id);
    if (session == null || !gate.admits(session.session())) {
      return false;
    }
    session.used();
    return true;
  }

  /** Connections that are open now. */
  public int connections() {
    return open.size();
  }

  /** Does what a client asks of its connection, if it may run now; one thing at a time. */
  private <T> T admitted(MetaSession session, String sql, Supplier<T> work) {
    session.lock();
    try {
      gate.enter(session.session());
      try {
        return telling(sql, work);
      } finally {
        gate.leave(session.session());
      }
    } finally {
      session.unlock();
    }
  }

  @Override
  public ConnectionProperties connectionSync(
      ConnectionHandle connection, ConnectionProperties wanted) {
    return telling("", () -> synced(session(connection), wanted));
  }

  private ConnectionProperties synced(MetaSession session, ConnectionProperties wanted) {
    SessionTransaction transaction = session.session().transaction();
    Boolean autoCommit = wanted.isAutoCommit();
    if (autoCommit != null) {
      transaction.autoCommit(autoCommit);
    }
    Boolean readOnly = wanted.isReadOnly();
    if (readOnly != null && readOnly != session.readOnly()) {
      if (transaction.isUnderWay()) {
        throw Translation.problem(
            "25001", 0, "Cannot change read-only while a transaction is under way: end it first");
      }
      session.readOnly(readOnly);
    }
    String schema = wanted.getSchema();
    if (schema != null) {
      lists(session).checkSchema(schema);
      session.session().useSchema(schema);
    }
    return new ConnectionPropertiesImpl(
        transaction.autoCommit(),
        session.readOnly(),
        Connection.TRANSACTION_REPEATABLE_READ,
        null,
        session.session().schema());
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle connection) {
    int id = statementIds.incrementAndGet();
    session(connection).add(id);
    return new StatementHandle(connection.id, id, null);
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connection, String sql, long maxRowCount) {
    MetaSession session = session(connection);
    return admitted(
        session,
        sql,
        () -> {
          Prepared prepared = runner.prepare(session.session(), sql);
          int id = statementIds.incrementAndGet();
          MetaStatement statement = session.add(id);
          statement.prepared(prepared);
          return new StatementHandle(connection.id, id, statement.described(prepared));
        });
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback)
      throws NoSuchStatementException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    try {
      if (local) {
        synchronized (callback.getMonitor()) {
          callback.clear();
        }
      }
      MetaResultSet result =
          admitted(
              session,
              sql,
              () -> {
                Prepared prepared = runner.prepare(session.session(), sql);
                if (!prepared.parameters().isEmpty()) {
                  throw Translation.problem(
                      "07001", 0, "The statement has parameters: prepare it and set them");
                }
                statement.prepared(prepared);
                statement.describeAgain();
                return run(
                    handle, session, statement, prepared, new Object[0], maxRowsInFirstFrame);
              });
      if (local) {
        synchronized (callback.getMonitor()) {
          callback.assign(
              statement.signature(Objects.requireNonNull(statement.prepared())),
              null,
              result.updateCount);
        }
        callback.execute();
      }
      return new ExecuteResult(List.of(result));
    } catch (SQLException e) {
      throw Translation.of(e);
    }
  }

  @Override
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameters, int maxRowsInFirstFrame)
      throws NoSuchStatementException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    Prepared before = prepared(statement, handle);
    return admitted(
        session,
        before.sql(),
        () -> {
          Prepared now = fresh(session, statement, before);
          return new ExecuteResult(
              List.of(
                  run(
                      handle,
                      session,
                      statement,
                      now,
                      Parameters.of(parameters, statement.parameters()),
                      maxRowsInFirstFrame)));
        });
  }

  /** The statement as of now: what it names may have been defined anew since it was prepared. */
  private Prepared fresh(MetaSession session, MetaStatement statement, Prepared before) {
    Prepared now = runner.prepare(session.session(), before.sql());
    statement.prepared(now);
    return now;
  }

  private static Prepared prepared(MetaStatement statement, StatementHandle handle)
      throws NoSuchStatementException {
    Prepared prepared = statement.prepared();
    if (prepared == null) {
      throw new NoSuchStatementException(handle);
    }
    return prepared;
  }

  private MetaResultSet run(
      StatementHandle handle,
      MetaSession session,
      MetaStatement statement,
      Prepared prepared,
      @Nullable Object[] parameters,
      int maxRowsInFirstFrame) {
    long begin = System.nanoTime();
    try {
      MetaResultSet result =
          ran(handle, session, statement, prepared, parameters, maxRowsInFirstFrame);
      told(session, prepared, begin, result.updateCount, 1, null);
      return result;
    } catch (RuntimeException e) {
      told(session, prepared, begin, 0, 1, e);
      throw e;
    }
  }

  private void told(
      MetaSession session,
      @Nullable Prepared prepared,
      long begin,
      long rows,
      int runs,
      @Nullable RuntimeException failure) {
    gate.ran(
        new SessionGate.Execution(
            session.session(),
            prepared == null ? "" : prepared.sql(),
            prepared,
            System.nanoTime() - begin,
            rows,
            runs,
            failure));
  }

  private MetaResultSet ran(
      StatementHandle handle,
      MetaSession session,
      MetaStatement statement,
      Prepared prepared,
      @Nullable Object[] parameters,
      int maxRowsInFirstFrame) {
    session.check(prepared);
    StopFlag stop = statement.begin(session.limitMillis());
    StatementResult result = runner.execute(session.session(), prepared, parameters, stop);
    statement.warnings(result.warnings());
    return switch (result) {
      case StatementResult.Changed changed -> {
        statement.finished();
        yield MetaResultSet.count(handle.connectionId, handle.id, changed.rows());
      }
      case StatementResult.Rows rows -> {
        Frame first = null;
        GuardedCursor cursor = new GuardedCursor(rows.cursor(), stop);
        if (local) {
          statement.rows(new LocalRows(prepared.sql(), cursor, prepared.columns()));
        } else {
          ResultFrames frames =
              new ResultFrames(
                  cursor,
                  prepared.columns(),
                  session.vectors(),
                  session.session().limits().resultBytes());
          statement.frames(frames);
          first = frames.frame(0, frameRows(maxRowsInFirstFrame));
        }
        yield session.describesOnce() && statement.isDescribed(prepared)
            ? new DescribedRows(handle, first)
            : MetaResultSet.create(
                handle.connectionId, handle.id, false, statement.signature(prepared), first);
      }
    };
  }

  private static int frameRows(int wanted) {
    return wanted <= 0 ? FRAME_ROWS : Math.min(wanted, FRAME_ROWS_MOST);
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> rows)
      throws NoSuchStatementException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    Prepared before = prepared(statement, handle);
    return admitted(
        session,
        before.sql(),
        () -> {
          Prepared now = fresh(session, statement, before);
          session.check(now);
          session.checkBatch(rows.size());
          List<@Nullable Object[]> values = new ArrayList<>(rows.size());
          for (List<TypedValue> row : rows) {
            values.add(Parameters.of(row, statement.parameters()));
          }
          StopFlag stop = statement.begin(session.limitMillis());
          long begin = System.nanoTime();
          try {
            long[] counts = runner.executeBatch(session.session(), now, values, stop);
            told(session, now, begin, LongStream.of(counts).sum(), counts.length, null);
            return new ExecuteBatchResult(counts);
          } catch (RuntimeException e) {
            told(session, now, begin, 0, values.size(), e);
            throw e;
          } finally {
            statement.finished();
          }
        });
  }

  @Override
  public ExecuteBatchResult executeBatchProtobuf(
      StatementHandle handle, List<Requests.UpdateBatch> rows) throws NoSuchStatementException {
    List<List<TypedValue>> values = new ArrayList<>(rows.size());
    for (Requests.UpdateBatch row : rows) {
      List<@Nullable TypedValue> parameters = new ArrayList<>(row.getParameterValuesCount());
      for (Common.TypedValue each : row.getParameterValuesList()) {
        parameters.add(WireEnvelope.parameter(each));
      }
      values.add(parameters);
    }
    return executeBatch(handle, values);
  }

  /** Runs statements without parameters in order: all of them or none. */
  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> statements)
      throws NoSuchStatementException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    return admitted(
        session,
        "",
        () -> {
          session.checkWrites();
          session.checkBatch(statements.size());
          StopFlag stop = statement.begin(session.limitMillis());
          long begin = System.nanoTime();
          try {
            long[] counts = runner.executeBatch(session.session(), statements, stop);
            told(session, null, begin, LongStream.of(counts).sum(), counts.length, null);
            return new ExecuteBatchResult(counts);
          } catch (RuntimeException e) {
            told(session, null, begin, 0, statements.size(), e);
            throw e;
          } finally {
            statement.finished();
          }
        });
  }

  @Override
  public Iterable<Object> createIterable(
      StatementHandle handle,
      QueryState state,
      Signature signature,
      List<TypedValue> parameters,
      @Nullable Frame firstFrame) {
    if (firstFrame != null) {
      return firstFrame.rows;
    }
    try {
      var rows = statement(handle).takeRows();
      return () -> rows;
    } catch (NoSuchStatementException e) {
      throw MetaStatement.isClosed();
    }
  }

  @Override
  public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount)
      throws NoSuchStatementException, MissingResultsException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    MetadataTable listed = statement.listed();
    if (listed != null) {
      List<Object> rows = listed.rows();
      return new LeanFrame(
          offset, true, rows.subList(Math.clamp(offset, 0, rows.size()), rows.size()));
    }
    ResultFrames frames = statement.frames();
    if (frames == null) {
      throw new MissingResultsException(handle);
    }
    Prepared prepared = prepared(statement, handle);
    return admitted(
        session, prepared.sql(), () -> frames.frame(offset, frameRows(fetchMaxRowCount)));
  }

  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset)
      throws NoSuchStatementException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    if (state.getType() == QueryState.StateType.METADATA) {
      return telling(
          "",
          () -> {
            MetadataTable listed = MetadataCall.of(state).answer(lists(session));
            statement.listed(listed);
            return offset < listed.rows().size();
          });
    }
    throw Translation.problem(
        "0A000", 0, "A result that was lost cannot be taken up again: run the statement again");
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    MetaSession session = open.get(handle.connectionId);
    if (session != null && gate.admits(session.session())) {
      session.close(handle.id);
    }
  }

  @Override
  public void commit(ConnectionHandle connection) {
    end(connection, SessionTransaction::commit);
  }

  @Override
  public void rollback(ConnectionHandle connection) {
    end(connection, SessionTransaction::rollback);
  }

  private void end(ConnectionHandle connection, Consumer<SessionTransaction> way) {
    SessionTransaction transaction = session(connection).session().transaction();
    telling(
        "",
        () -> {
          way.accept(transaction);
          return transaction;
        });
  }

  @Override
  public void cancel(StatementHandle handle) {
    try {
      statement(handle).cancel();
    } catch (NoSuchStatementException e) {
      // It ended by itself.
    }
  }

  @Override
  public void limitTime(StatementHandle handle, long millis) {
    try {
      statement(handle).limitTime(millis);
    } catch (NoSuchStatementException e) {
      throw Translation.problem("26000", 0, "The statement is closed");
    }
  }

  @Override
  public List<String> warnings(StatementHandle handle) {
    try {
      return statement(handle).warnings();
    } catch (NoSuchStatementException e) {
      return List.of();
    }
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback)
      throws NoSuchStatementException {
    return prepareAndExecute(handle, sql, maxRowCount, FRAME_ROWS, callback);
  }

  @Override
  @Deprecated
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameters, long maxRowCount)
      throws NoSuchStatementException {
    return execute(handle, parameters, FRAME_ROWS);
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle connection) {
    Map<DatabaseProperty, Object> properties = new EnumMap<>(DatabaseProperty.class);
    DatabaseFacts.describe(properties);
    return properties;
  }

  private CatalogLists lists(MetaSession session) {
    return new CatalogLists(runner, session.session());
  }

  @Override
  protected MetaResultSet list(
      ConnectionHandle connection,
      MetadataColumns columns,
      MetaDataOperation operation,
      @Nullable Object... arguments) {
    return listed(
        connection, session -> new MetadataCall(operation, arguments).answer(lists(session)));
  }

  @Override
  protected MetaResultSet nothing(ConnectionHandle connection, MetadataColumns columns) {
    return listed(connection, session -> MetadataTable.of(columns));
  }

  /** A list of JDBC's metadata as a result set of its own statement. */
  private MetaResultSet listed(
      ConnectionHandle connection, Function<MetaSession, MetadataTable> answer) {
    MetaSession session = session(connection);
    return telling(
        "",
        () -> {
          MetadataTable table = answer.apply(session);
          int id = statementIds.incrementAndGet();
          session.add(id);
          return MetaResultSet.create(
              connection.id, id, true, table.signature(), new LeanFrame(0, true, table.rows()));
        });
  }
}

package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.WireEnvelope;
import io.quiver.planner.Prepared;
import io.quiver.planner.Session;
import io.quiver.planner.StatementRunner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
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
public final class QuiverMeta extends SessionMeta implements ProtobufMeta {
  private final boolean local;
  private final Executions executions;

  private QuiverMeta(
      @Nullable AvaticaConnection connection, StatementRunner runner, SessionGate gate) {
    super(connection, runner, gate);
    this.local = connection != null;
    this.executions = new Executions(runner, gate, local);
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

  /**
   * Closes the connections that nothing was asked of for a while.
   *
   * @return how many
   */
  public int expire(Duration idle) {
    return open.expire(idle);
  }

  /** Closes all connections: what runs is stopped. */
  public void closeAll() {
    open.closeAll();
  }

  /** Whether the caller has such a connection. */
  public boolean isOpen(ConnectionHandle connection) {
    return open.find(connection.id).isPresent();
  }

  /** Connections that are open now. */
  public int connections() {
    return open.count();
  }

  @Override
  public StatementHandle prepare(
      ConnectionHandle connection, @Nullable String given, long maxRowCount) {
    String sql = text(given);
    MetaSession session = session(connection.id);
    return open.exclusively(
        session,
        sql,
        () -> {
          Prepared prepared = runner.prepare(session.session(), sql);
          int id = nextStatement();
          MetaStatement statement = session.add(id);
          statement.prepared(prepared);
          return new StatementHandle(connection.id, id, statement.described(prepared));
        });
  }

  /** A statement: an empty one is nothing at all on the wire. */
  private static String text(@Nullable String sql) {
    return sql == null ? "" : sql;
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      @Nullable String given,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback)
      throws NoSuchStatementException {
    String sql = text(given);
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    try {
      if (local) {
        synchronized (callback.getMonitor()) {
          callback.clear();
        }
      }
      MetaResultSet result =
          open.exclusively(
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
                return executions.run(
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
    return open.exclusively(
        session,
        before.sql(),
        () -> {
          Prepared now = fresh(session, statement, before);
          return new ExecuteResult(
              List.of(
                  executions.run(
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

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> rows)
      throws NoSuchStatementException {
    MetaSession session = session(handle.connectionId);
    MetaStatement statement = session.statement(handle);
    Prepared before = prepared(statement, handle);
    return open.exclusively(
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
          return new ExecuteBatchResult(
              executions.runBatch(
                  session,
                  statement,
                  now,
                  values.size(),
                  stop -> runner.executeBatch(session.session(), now, values, stop)));
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
    return open.exclusively(
        session,
        "",
        () -> {
          session.checkWrites();
          session.checkBatch(statements.size());
          return new ExecuteBatchResult(
              executions.runBatch(
                  session,
                  statement,
                  null,
                  statements.size(),
                  stop -> runner.executeBatch(session.session(), statements, stop)));
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
    return open.exclusively(
        session,
        prepared.sql(),
        () -> frames.frame(offset, Executions.frameRows(fetchMaxRowCount)));
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback)
      throws NoSuchStatementException {
    return prepareAndExecute(handle, sql, maxRowCount, Executions.FRAME_ROWS, callback);
  }

  @Override
  @Deprecated
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameters, long maxRowCount)
      throws NoSuchStatementException {
    return execute(handle, parameters, Executions.FRAME_ROWS);
  }
}

package io.quiver.jdbc.remote;

import io.quiver.jdbc.avatica.Link;
import io.quiver.jdbc.avatica.ListedMetadata;
import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.StatementControl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaUtils;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Avatica's Meta over a server. */
final class WireMeta extends ListedMetadata implements StatementControl, Link {
  private final WireSession session;
  private final WireStatements statements;
  private volatile @Nullable ConnectionProperties known;

  WireMeta(AvaticaConnection connection, WireSession session) {
    super(connection);
    this.session = session;
    this.statements = new WireStatements(session);
  }

  @Override
  public void openConnection(ConnectionHandle handle, Map<String, String> properties) {
    session.open();
  }

  @Override
  public void closeConnection(ConnectionHandle handle) {
    try {
      WireSession.ifReachable(() -> session.apply(new Service.CloseConnectionRequest(handle.id)));
    } finally {
      session.cut();
    }
  }

  @Override
  public ConnectionProperties connectionSync(ConnectionHandle handle, ConnectionProperties wanted) {
    ConnectionProperties last = known;
    if (wanted.isEmpty() && last != null) {
      return last;
    }
    ConnectionProperties now =
        session.apply(new Service.ConnectionSyncRequest(handle.id, wanted)).connProps;
    known = now;
    return now;
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle handle) {
    return session.apply(new Service.DatabasePropertyRequest(handle.id)).map;
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle handle) {
    return statements.create(handle.id);
  }

  @Override
  public StatementHandle prepare(ConnectionHandle handle, String sql, long maxRowCount) {
    return statements.prepare(handle.id, sql, maxRowCount);
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    statements.close(handle);
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback)
      throws NoSuchStatementException {
    WireStatement statement = statements.known(handle);
    try {
      Service.ExecuteResponse response;
      synchronized (callback.getMonitor()) {
        callback.clear();
        int rows = firstFrame(handle, maxRowCount);
        response =
            statements.ask(
                handle,
                statement,
                () ->
                    session.apply(
                        new Service.PrepareAndExecuteRequest(
                            handle.connectionId, statement.id(), sql, maxRowCount, rows)),
                answer -> answer.missingStatement);
        Service.ResultSetResponse first = response.results.get(0);
        callback.assign(first.signature, first.firstFrame, first.updateCount);
      }
      if (SessionMemory.isSetting(sql)) {
        known = null;
      }
      callback.execute();
      return new ExecuteResult(results(handle, response, statement));
    } catch (SQLException e) {
      throw WireProblems.of(e);
    }
  }

  private int firstFrame(StatementHandle handle, long maxRowCount) throws SQLException {
    int fetch =
        connection.statementMap.containsKey(handle.id)
            ? connection.statementMap.get(handle.id).getFetchSize()
            : 0;
    return maxRowCount > 0 && (fetch <= 0 || maxRowCount < fetch)
        ? AvaticaUtils.toSaturatedInt(maxRowCount)
        : fetch;
  }

  @Override
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameters, int maxRowsInFirstFrame)
      throws NoSuchStatementException {
    WireStatement statement = statements.known(handle);
    // Without the signature: the server knows what it prepared.
    Service.ExecuteResponse response =
        statements.ask(
            handle,
            statement,
            () ->
                session.apply(
                    new Service.ExecuteRequest(
                        new StatementHandle(handle.connectionId, statement.id(), null),
                        parameters,
                        maxRowsInFirstFrame)),
            answer -> answer.missingStatement);
    return new ExecuteResult(results(handle, response, statement));
  }

  private static List<MetaResultSet> results(
      StatementHandle handle, Service.ExecuteResponse response, WireStatement statement) {
    List<MetaResultSet> results = new ArrayList<>();
    for (Service.ResultSetResponse each : response.results) {
      results.add(
          each.updateCount != -1
              ? MetaResultSet.count(handle.connectionId, handle.id, each.updateCount)
              : MetaResultSet.create(
                  handle.connectionId,
                  handle.id,
                  each.ownStatement,
                  // The server leaves out what it said when it prepared the statement.
                  each.signature == null ? statement.signature() : each.signature,
                  each.firstFrame));
    }
    return results;
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> rows)
      throws NoSuchStatementException {
    WireStatement statement = statements.known(handle);
    Service.ExecuteBatchResponse response =
        statements.ask(
            handle,
            statement,
            () ->
                session.apply(
                    new Service.ExecuteBatchRequest(handle.connectionId, statement.id(), rows)),
            answer -> answer.missingStatement);
    return new ExecuteBatchResult(response.updateCounts);
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> sql)
      throws NoSuchStatementException {
    Service.ExecuteBatchResponse response =
        session.apply(
            new Service.PrepareAndExecuteBatchRequest(
                handle.connectionId, statements.known(handle).id(), sql));
    if (response.missingStatement) {
      throw new NoSuchStatementException(handle);
    }
    return new ExecuteBatchResult(response.updateCounts);
  }

  @Override
  public Frame fetch(StatementHandle handle, long offset, int rows)
      throws NoSuchStatementException, MissingResultsException {
    Service.FetchResponse response =
        session.apply(
            new Service.FetchRequest(
                handle.connectionId, statements.known(handle).id(), offset, rows));
    if (response.missingStatement || response.missingResults) {
      throw WireProblems.problem(
          "24000", "The server has lost the rest of the result: run the statement again", null);
    }
    return response.frame;
  }

  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset)
      throws NoSuchStatementException {
    Service.SyncResultsResponse response =
        session.apply(
            new Service.SyncResultsRequest(
                handle.connectionId, statements.known(handle).id(), state, offset));
    if (response.missingStatement) {
      throw new NoSuchStatementException(handle);
    }
    return response.moreResults;
  }

  @Override
  protected MetaResultSet list(
      ConnectionHandle handle,
      MetadataColumns columns,
      MetaDataOperation operation,
      @Nullable Object... arguments) {
    StatementHandle statement = createStatement(handle);
    try {
      syncResults(statement, new QueryState(operation, arguments), 0);
      Frame rows = fetch(statement, 0, Integer.MAX_VALUE);
      return MetaResultSet.create(
          handle.id, statement.id, true, columns.signature(), new Frame(0, true, rows.rows));
    } catch (NoSuchStatementException | MissingResultsException e) {
      throw WireProblems.problem("26000", "The statement is closed", e);
    }
  }

  @Override
  protected MetaResultSet nothing(ConnectionHandle handle, MetadataColumns columns) {
    StatementHandle statement = createStatement(handle);
    return MetaResultSet.create(
        handle.id, statement.id, true, columns.signature(), new Frame(0, true, List.of()));
  }

  @Override
  public void commit(ConnectionHandle handle) {
    session.apply(new Service.CommitRequest(handle.id));
  }

  @Override
  public void rollback(ConnectionHandle handle) {
    session.apply(new Service.RollbackRequest(handle.id));
  }

  @Override
  public void cancel(StatementHandle handle) {
    statements.find(handle).ifPresent(statement -> control("cancel", statement));
  }

  @Override
  public void limitTime(StatementHandle handle, long millis) {
    WireStatement statement =
        statements
            .find(handle)
            .orElseThrow(() -> WireProblems.problem("26000", "The statement is closed", null));
    if (statement.limitMillis() != millis) {
      statement.limitMillis(millis);
      statements.sendLimit(statement);
    }
  }

  @Override
  public List<String> warnings(StatementHandle handle) {
    return statements.find(handle).map(each -> control("warnings", each)).orElse(List.of());
  }

  private List<String> control(String operation, WireStatement statement) {
    return session.control(
        operation, session.client().waitsAtMost(), "statement", String.valueOf(statement.id()));
  }

  @Override
  public boolean answers(int timeoutSeconds) {
    int own = session.client().waitsAtMost();
    int asked = timeoutSeconds * 1000;
    int wait = own > 0 && asked > 0 ? Math.min(own, asked) : Math.max(own, asked);
    try {
      if (session.control("ping", wait).equals(List.of("open"))) {
        return true;
      }
      // The server answers and has no such session: whether it makes one is what counts.
      closeStatement(createStatement(connection.handle));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void waitAtMost(int millis) {
    session.client().waitAtMost(millis);
  }

  @Override
  public void cut() {
    session.cut();
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback)
      throws NoSuchStatementException {
    return prepareAndExecute(handle, sql, maxRowCount, -1, callback);
  }

  @Override
  @Deprecated
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameters, long maxRowCount)
      throws NoSuchStatementException {
    return execute(handle, parameters, AvaticaUtils.toSaturatedInt(maxRowCount));
  }
}

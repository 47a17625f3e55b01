package io.quiver.jdbc.remote;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.remote.Service;

/**
 * The statements of a connection, as the server knows them. Those that the server has lost are made
 * again when they are wanted.
 */
final class WireStatements {
  private final WireSession session;
  private final Map<Integer, WireStatement> statements = new ConcurrentHashMap<>();

  WireStatements(WireSession session) {
    this.session = session;
  }

  Meta.StatementHandle create(String connectionId) {
    int id = session.apply(new Service.CreateStatementRequest(connectionId)).statementId;
    statements.put(id, WireStatement.plain(id));
    return new Meta.StatementHandle(connectionId, id, null);
  }

  Meta.StatementHandle prepare(String connectionId, String sql, long maxRowCount) {
    Meta.StatementHandle made =
        session.apply(new Service.PrepareRequest(connectionId, sql, maxRowCount)).statement;
    statements.put(made.id, WireStatement.prepared(made, sql));
    return made;
  }

  void close(Meta.StatementHandle handle) {
    WireStatement statement = statements.remove(handle.id);
    if (statement != null) {
      WireSession.ifReachable(
          () ->
              session.apply(
                  new Service.CloseStatementRequest(handle.connectionId, statement.id())));
    }
  }

  /** One that was made and not closed yet. */
  WireStatement known(Meta.StatementHandle handle) throws NoSuchStatementException {
    WireStatement statement = statements.get(handle.id);
    if (statement == null) {
      throw new NoSuchStatementException(handle);
    }
    return statement;
  }

  Optional<WireStatement> find(Meta.StatementHandle handle) {
    return Optional.ofNullable(statements.get(handle.id));
  }

  /**
   * Asks something of a statement, and once more where the server has lost the statement, after it
   * was made again.
   *
   * @param missing whether an answer says that the server does not know the statement
   */
  <R> R ask(
      Meta.StatementHandle handle,
      WireStatement statement,
      Supplier<R> request,
      Predicate<R> missing)
      throws NoSuchStatementException {
    R response = request.get();
    if (missing.test(response)) {
      revive(handle.connectionId, statement);
      response = request.get();
    }
    if (missing.test(response)) {
      throw new NoSuchStatementException(handle);
    }
    return response;
  }

  /** Makes a statement again on a server that does not know it any more. */
  private void revive(String connectionId, WireStatement statement) {
    String sql = statement.prepared();
    if (sql == null) {
      statement.id(session.apply(new Service.CreateStatementRequest(connectionId)).statementId);
    } else {
      statement.madeAs(session.apply(new Service.PrepareRequest(connectionId, sql, -1)).statement);
    }
    if (statement.limitMillis() > 0) {
      sendLimit(statement);
    }
  }

  /** Tells the server how long the statement may take. */
  void sendLimit(WireStatement statement) {
    session.control(
        "limit",
        session.client().waitsAtMost(),
        "statement",
        String.valueOf(statement.id()),
        "millis",
        String.valueOf(statement.limitMillis()));
  }
}

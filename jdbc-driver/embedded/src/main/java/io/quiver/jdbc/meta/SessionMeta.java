package io.quiver.jdbc.meta;

import static io.quiver.jdbc.meta.Translation.telling;

import io.quiver.jdbc.avatica.ListedMetadata;
import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.StatementControl;
import io.quiver.planner.StatementRunner;
import io.quiver.planner.transaction.SessionTransaction;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.jspecify.annotations.Nullable;

/**
 * The part of Avatica's Meta that runs no SQL: connections and their properties, transactions, the
 * lives of statements, and what the database says of itself.
 */
abstract class SessionMeta extends ListedMetadata implements StatementControl {
  final StatementRunner runner;
  final OpenSessions open;
  private final AtomicInteger statementIds = new AtomicInteger();

  SessionMeta(@Nullable AvaticaConnection connection, StatementRunner runner, SessionGate gate) {
    super(connection);
    this.runner = runner;
    this.open = new OpenSessions(gate);
  }

  final MetaSession session(String connectionId) {
    return open.session(connectionId);
  }

  final MetaStatement statement(StatementHandle handle) throws NoSuchStatementException {
    return session(handle.connectionId).statement(handle);
  }

  /** The number of a new statement. */
  final int nextStatement() {
    return statementIds.incrementAndGet();
  }

  @Override
  public void openConnection(ConnectionHandle connection, @Nullable Map<String, String> given) {
    // Over the wire, none at all is null.
    Map<String, String> properties = given == null ? Map.of() : given;
    telling(
        "",
        () -> {
          open.open(connection.id, properties);
          return properties;
        });
  }

  @Override
  public void closeConnection(ConnectionHandle connection) {
    open.close(connection.id);
  }

  @Override
  public ConnectionProperties connectionSync(
      ConnectionHandle connection, ConnectionProperties wanted) {
    return telling(
        "",
        () -> {
          MetaSession session = session(connection.id);
          return session.sync(wanted, lists(session)::checkSchema);
        });
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle connection) {
    int id = nextStatement();
    session(connection.id).add(id);
    return new StatementHandle(connection.id, id, null);
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    open.closeStatement(handle);
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
    SessionTransaction transaction = session(connection.id).session().transaction();
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
    MetaSession session = session(connection.id);
    return telling(
        "",
        () -> {
          MetadataTable table = answer.apply(session);
          int id = nextStatement();
          session.add(id);
          return MetaResultSet.create(
              connection.id, id, true, table.signature(), new LeanFrame(0, true, table.rows()));
        });
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
}

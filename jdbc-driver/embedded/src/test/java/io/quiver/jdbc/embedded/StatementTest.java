package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quiver.planner.Prepared;
import io.quiver.planner.StatementResult;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executing, stopping, batches, and what connections promise. */
class StatementTest {
  final ScriptedRunner runner = new ScriptedRunner();
  private Connection connection;

  /** A connection to a database that runs statements so; another half of the driver has its own. */
  Connection connect(ScriptedRunner script) throws Exception {
    return new QuiverDatabase(null, new DatabaseParts(script, () -> {})).connect();
  }

  @BeforeEach
  void open() throws Exception {
    connection = connect(runner);
    runner.query(
        "rows",
        List.of(ScriptedRunner.column("n", ScriptedRunner.type("BIGINT"))),
        List.of(),
        LongStream.range(0, 17).mapToObj(n -> new Object[] {n}).toList());
  }

  /** What {@link #connect} opened besides. */
  void release() {}

  @AfterEach
  void close() throws SQLException {
    connection.close();
    release();
    assertThat(runner.openCursors).as("cursors left open").hasValue(0);
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  @Test
  void maxRowsHoldsForPlainAndPrepared() throws SQLException {
    try (Statement plain = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("rows")) {
      plain.setMaxRows(2);
      prepared.setMaxRows(3);
      assertThat(count(plain.executeQuery("rows"))).isEqualTo(2);
      assertThat(count(prepared.executeQuery())).isEqualTo(3);
      prepared.setMaxRows(0);
      assertThat(count(prepared.executeQuery())).isEqualTo(17);
    }
  }

  @Test
  void executeTellsRowsFromCounts() throws SQLException {
    runner.update("write");
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute("rows")).isTrue();
      assertThat(count(statement.getResultSet())).isEqualTo(17);
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.execute("write")).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.executeUpdate("write")).isEqualTo(1);
      assertThatThrownBy(() -> statement.executeUpdate("rows"))
          .hasMessage("The statement gives rows: run it with executeQuery");
      assertThatThrownBy(() -> statement.executeQuery("write"))
          .hasMessage("The statement gives no rows: run it with executeUpdate");
    }
    try (PreparedStatement prepared = connection.prepareStatement("rows")) {
      assertThatThrownBy(prepared::executeUpdate)
          .hasMessage("The statement gives rows: run it with executeQuery");
      assertThat(prepared.execute()).isTrue();
      assertThat(count(prepared.getResultSet())).isEqualTo(17);
    }
  }

  @Test
  void runningAgainClosesTheResultBefore() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("rows")) {
      ResultSet first = prepared.executeQuery();
      first.next();
      ResultSet second = prepared.executeQuery();
      assertThat(first.isClosed()).isTrue();
      assertThat(runner.openCursors).hasValue(1);
      assertThat(count(second)).isEqualTo(17);
      assertThat(runner.openCursors).hasValue(0);
    }
  }

  @Test
  void aBatchIsOneExecution() throws SQLException {
    runner.update("write", "INTEGER");
    try (PreparedStatement prepared = connection.prepareStatement("write")) {
      for (int i = 0; i < 3; i++) {
        prepared.setInt(1, i);
        prepared.addBatch();
      }
      assertThat(prepared.executeBatch()).containsExactly(1, 1, 1);
      assertThat(runner.batches).hasSize(1);
      assertThat(runner.batches.get(0))
          .extracting(row -> ((Number) row[0]).intValue())
          .containsExactly(0, 1, 2);
      assertThat(prepared.executeBatch()).isEmpty();
    }
  }

  @Test
  void aFailedBatchFailedWhole() throws SQLException {
    runner.update("write", "INTEGER");
    runner.batchFailure =
        SqlProblem.of(ErrorCode.SYNTAX_ERROR, "row 2 of the batch is wrong", "write it right")
            .asException();
    try (PreparedStatement prepared = connection.prepareStatement("write")) {
      for (int i = 0; i < 3; i++) {
        prepared.setInt(1, i);
        prepared.addBatch();
      }
      BatchUpdateException failure =
          catchThrowableOfType(BatchUpdateException.class, prepared::executeBatch);
      assertThat(failure.getUpdateCounts())
          .containsExactly(
              Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
      assertThat(failure.getSQLState()).isEqualTo("42601");
      assertThat(failure.getErrorCode()).isEqualTo(1001);
      assertThat((Throwable) failure).hasMessageContaining("row 2 of the batch is wrong");
    }
  }

  @Test
  void aFailedBatchOfTextsFailedWhole() throws SQLException {
    runner.update("write");
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("write");
      statement.addBatch("wrong");
      statement.addBatch("write");
      BatchUpdateException failure =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      assertThat(failure.getUpdateCounts()).containsOnly(Statement.EXECUTE_FAILED).hasSize(3);
      assertThat((Throwable) failure).hasMessageContaining("nobody wrote a script for this");
    }
  }

  @Test
  void problemsKeepStateCodeAndText() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("wrong"));
      assertThat((Throwable) failure).isInstanceOf(SQLSyntaxErrorException.class);
      assertThat(failure.getSQLState()).isEqualTo("42601");
      assertThat(failure.getErrorCode()).isEqualTo(1001);
      assertThat((Throwable) failure).hasMessageContaining("nobody wrote a script for this");
      assertThatThrownBy(() -> connection.prepareStatement("wrong"))
          .isInstanceOf(SQLSyntaxErrorException.class);
    }
  }

  @Test
  void aBugIsAnInternalErrorNotARuntimeException() throws SQLException {
    runner.add(
        new ScriptedRunner.Scripted(
            "bug",
            Prepared.Kind.QUERY,
            List.of(),
            List.of(),
            (given, stop) -> {
              throw new IllegalStateException("two and two are five");
            }));
    try (Statement statement = connection.createStatement()) {
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("bug"));
      assertThat(failure.getSQLState()).isEqualTo("XX000");
      assertThat((Throwable) failure)
          .hasMessage("Internal error: IllegalStateException: two and two are five");
    }
  }

  /** Rows without end. */
  private void endless(CountDownLatch begun) {
    Iterator<Object[]> rows =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Object[] next() {
            begun.countDown();
            return new Object[] {1L};
          }
        };
    runner.add(
        new ScriptedRunner.Scripted(
            "endless",
            Prepared.Kind.QUERY,
            List.of(ScriptedRunner.column("n", ScriptedRunner.type("BIGINT"))),
            List.of(),
            (given, stop) -> new StatementResult.Rows(runner.cursor(rows, stop), List.of())));
  }

  @Test
  void cancelStopsWhatRunsAndNothingAfter() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    endless(begun);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement()) {
      Future<SQLException> failure =
          other.submit(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> count(statement.executeQuery("endless"))));
      begun.await();
      statement.cancel();
      assertThat(failure.get().getSQLState()).isEqualTo("57014");
      assertThat((Throwable) failure.get())
          .hasMessage("The statement was cancelled")
          .isNotInstanceOf(SQLTimeoutException.class);
      assertThat(count(statement.executeQuery("rows"))).isEqualTo(17);
    } finally {
      other.shutdown();
    }
  }

  @Test
  void aQueryTimeoutEndsTheWork() throws SQLException {
    endless(new CountDownLatch(1));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThat(statement.getQueryTimeout()).isEqualTo(1);
      assertThatThrownBy(() -> count(statement.executeQuery("endless")))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessage(
              """
              QV-5006 STATEMENT_CANCELLED (SQLSTATE 57014)
                the statement ran longer than its limit of 1000 ms
                Remedy: narrow it by WHERE or LIMIT, or raise statement_timeout or the statement's query timeout.\
              """);
      statement.setQueryTimeout(0);
      assertThat(count(statement.executeQuery("rows"))).isEqualTo(17);
    }
  }

  @Test
  void warningsComeFromTheLastExecution() throws SQLException {
    runner.add(
        new ScriptedRunner.Scripted(
            "warned",
            Prepared.Kind.INSERT,
            List.of(),
            List.of(),
            (given, stop) -> new StatementResult.Changed(0, List.of("first", "second"))));
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("warned");
      assertThat((Throwable) statement.getWarnings()).hasMessage("first");
      assertThat((Throwable) statement.getWarnings().getNextWarning()).hasMessage("second");
      statement.clearWarnings();
      assertThat((Throwable) statement.getWarnings()).isNull();
      count(statement.executeQuery("rows"));
      assertThat((Throwable) statement.getWarnings()).isNull();
    }
  }

  @Test
  void oneStatementTransactionsHaveNoEndToAskFor() throws SQLException {
    assertThat(connection.getAutoCommit()).isTrue();
    assertThatThrownBy(connection::commit)
        .hasMessage("Cannot commit: each statement commits by itself");
    assertThatThrownBy(connection::rollback)
        .hasMessage("Cannot roll back: each statement commits by itself");
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
  }

  @Test
  void aReadOnlyConnectionDoesNotWrite() throws SQLException {
    runner.update("write");
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isTrue();
    try (Statement statement = connection.createStatement()) {
      assertThat(count(statement.executeQuery("rows"))).isEqualTo(17);
      assertThatThrownBy(() -> statement.executeUpdate("write"))
          .hasMessage("Cannot write: the connection is read-only");
      connection.setReadOnly(false);
      assertThat(statement.executeUpdate("write")).isEqualTo(1);
    }
  }

  @Test
  void theSchemaIsTheSessions() throws SQLException {
    assertThat(connection.getSchema()).isEqualTo("public");
    connection.setSchema("app");
    assertThat(connection.getSchema()).isEqualTo("app");
    assertThatThrownBy(() -> connection.setSchema("nowhere"))
        .hasMessage("Schema \"nowhere\" does not exist; there are [public, app]");
    assertThat(connection.getCatalog()).isNull();
    connection.setCatalog("anything");
  }

  @Test
  void validMeansTheDatabaseAnswers() throws SQLException {
    assertThat(connection.isValid(5)).isTrue();
    runner.add(
        new ScriptedRunner.Scripted(
            "VALUES 1",
            Prepared.Kind.QUERY,
            List.of(ScriptedRunner.column("x", ScriptedRunner.type("INTEGER"))),
            List.of(),
            (given, stop) -> {
              throw new IllegalStateException("gone");
            }));
    assertThat(connection.isValid(5)).isFalse();
    connection.close();
    assertThat(connection.isValid(5)).isFalse();
  }

  @Test
  void closingAConnectionClosesItsStatements() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("rows");
    rows.next();
    connection.close();
    assertThat(statement.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(connection::createStatement)
        .hasMessage("The connection is closed")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("08003");
    assertThatThrownBy(() -> statement.executeQuery("rows")).hasMessage("The statement is closed");
  }

  @Test
  void abortStopsAndCloses() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    endless(begun);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement()) {
      Future<SQLException> failure =
          other.submit(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> count(statement.executeQuery("endless"))));
      begun.await();
      connection.abort(Runnable::run);
      assertThat((Throwable) failure.get()).isNotNull();
      assertThat(connection.isClosed()).isTrue();
    } finally {
      other.shutdown();
    }
  }

  /** However a query is ended from outside, whoever reads it gets an error, not fewer rows. */
  @Test
  void aQueryEndedFromOutsideNeverLooksComplete() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    QuiverDatabase database = new QuiverDatabase(null, new DatabaseParts(runner, () -> {}));
    SplittableRandom random = new SplittableRandom(Long.getLong("quiver.seed", 57));
    Set<String> states = new TreeSet<>();
    for (int round = 0; round < 500; round++) {
      CountDownLatch begun = new CountDownLatch(1);
      endless(begun);
      Connection ended = database.connect("jdbc:quiver:x", Map.of());
      Statement statement = ended.createStatement();
      Future<SQLException> failure =
          other.submit(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> count(statement.executeQuery("endless"))));
      if (random.nextBoolean()) {
        begun.await();
      }
      for (int spin = random.nextInt(2000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      switch (random.nextInt(3)) {
        case 0 -> ended.abort(Runnable::run);
        case 1 -> ended.close();
        default -> statement.close();
      }
      SQLException told = failure.get(10, TimeUnit.SECONDS);
      assertThat((Throwable) told).as("round %d", round).isNotNull();
      states.add(told.getSQLState());
      ended.close();
    }
    other.shutdown();
    database.close();
    assertThat(states).isSubsetOf("08003", "24000", "26000", "57014").contains("57014");
    assertThat(runner.openCursors).hasValue(0);
  }

  @Test
  void aWriteThatInsertsNothingGeneratesNoKeys() throws SQLException {
    runner.update("write");
    try (PreparedStatement prepared =
        connection.prepareStatement("write", Statement.RETURN_GENERATED_KEYS)) {
      assertThat(prepared.executeUpdate()).isEqualTo(1);
      assertThat(prepared.getGeneratedKeys().next()).isFalse();
    }
    assertThat(connection.getMetaData().supportsGetGeneratedKeys()).isTrue();
  }

  @Test
  void propertiesBecomeSettingsOrAreRefused() throws SQLException {
    QuiverDatabase database = new QuiverDatabase(null, new DatabaseParts(runner, () -> {}));
    database.connect("jdbc:quiver:x", Map.of("ef_search", "200", "schema", "app")).close();
    assertThatThrownBy(() -> database.connect("jdbc:quiver:x", Map.of("ef_serch", "200")))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "Invalid connection property 'ef_serch': setting \"ef_serch\" does not exist."
                + " Did you mean \"ef_search\"?");
    database.close();
  }

  @Test
  void aDatabaseClosesWithItsLastReference() throws SQLException {
    int[] closed = new int[1];
    QuiverDatabase first =
        QuiverDatabase.shared("k", () -> new DatabaseParts(runner, () -> closed[0]++));
    QuiverDatabase second =
        QuiverDatabase.shared(
            "k",
            () -> {
              throw new IllegalStateException("opened twice");
            });
    assertThat(second).isSameAs(first);
    Connection held = first.connect();
    first.close();
    second.close();
    assertThat(closed[0]).isZero();
    assertThat(held.isValid(1)).isTrue();
    held.close();
    held.close();
    assertThat(closed[0]).isEqualTo(1);
  }
}

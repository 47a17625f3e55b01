package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of two connections to one database. */
class TransactionTest {
  private QuiverDatabase database;
  private Connection one;
  private Connection two;

  @BeforeEach
  void open() throws SQLException {
    database = QuiverDatabase.inMemory();
    one = database.connect();
    two = database.connect();
    run(
        one,
        "CREATE TABLE docs (id INT PRIMARY KEY, lang VARCHAR, n INT, v VECTOR(2),"
            + " s SPARSEVEC(100), m MULTIVECTOR(2))");
    run(
        one,
        "INSERT INTO docs VALUES (1, 'de', 1, '[1, 0]', '{1:1}/100', '[[1, 0]]'),"
            + " (2, 'en', 2, '[0, 1]', '{2:1}/100', '[[0, 1]]')");
    one.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    two.close();
    database.close();
  }

  private static int run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static SQLException failure(Connection connection, String sql) {
    return catchThrowableOfType(SQLException.class, () -> run(connection, sql));
  }

  @Test
  void whatIsWrittenIsSeenByItselfAtOnceAndByOthersWhenItIsCommitted() throws SQLException {
    run(one, "INSERT INTO docs (id, lang) VALUES (3, 'fr')");
    run(one, "UPDATE docs SET n = 10 WHERE id = 1");
    run(one, "DELETE FROM docs WHERE id = 2");
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "3");
    assertThat(rows(one, "SELECT n FROM docs WHERE id = 1")).containsExactly("10");
    assertThat(rows(one, "SELECT COUNT(*) FROM docs WHERE lang = 'fr'")).containsExactly("1");
    assertThat(rows(two, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2");
    one.commit();
    assertThat(rows(two, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "3");
  }

  @Test
  void searchesSeeWhatTheTransactionWrote() throws SQLException {
    run(one, "INSERT INTO docs VALUES (3, 'fr', 3, '[0.9, 0.1]', '{1:5}/100', '[[2, 0]]')");
    run(one, "DELETE FROM docs WHERE id = 1");
    String dense =
        "SELECT id FROM TABLE(VECTOR_SEARCH('docs', 'v', '[1, 0]', 5)) ORDER BY distance";
    String sparse = "SELECT id FROM TABLE(SPARSE_MATCH('docs', 's', '{1:1}/100', 5))";
    String multi = "SELECT id FROM TABLE(MAXSIM('docs', 'm', '[[1, 0]]', 1)) ORDER BY score DESC";
    assertThat(rows(one, dense)).containsExactly("3", "2");
    assertThat(rows(one, sparse)).containsExactly("3");
    assertThat(rows(one, multi)).containsExactly("3");
    assertThat(rows(two, dense)).containsExactly("1", "2");
    assertThat(rows(two, sparse)).containsExactly("1");
    one.rollback();
    assertThat(rows(one, dense)).containsExactly("1", "2");
    assertThat(rows(one, sparse)).containsExactly("1");
    assertThat(rows(one, multi)).containsExactly("1");
  }

  @Test
  void theSnapshotIsTheFirstStatementsAndRollingBackTakesANewOne() throws SQLException {
    assertThat(rows(one, "SELECT COUNT(*) FROM docs")).containsExactly("2");
    run(two, "INSERT INTO docs (id) VALUES (3)");
    assertThat(rows(one, "SELECT COUNT(*) FROM docs")).containsExactly("2");
    one.rollback();
    assertThat(rows(one, "SELECT COUNT(*) FROM docs")).containsExactly("3");
  }

  @Test
  void aUniqueValueTakenMeanwhileIsToldByConstraintAndValue() throws SQLException {
    run(two, "CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR UNIQUE)");
    two.setAutoCommit(false);
    run(one, "INSERT INTO people VALUES (1, 'a@x')");
    run(two, "INSERT INTO people VALUES (2, 'a@x')");
    one.commit();
    assertThatThrownBy(two::commit)
        .isInstanceOf(SQLTransactionRollbackException.class)
        .hasMessageContaining(
            "another transaction came first: it wrote a row of table \"people\" with (email) ="
                + " (a@x), of which constraint \"people_email_key\" allows one");
    assertThat((Throwable) failure(two, "INSERT INTO people VALUES (2, 'a@x')"))
        .hasMessageContaining("row 1: table \"people\" has a row with (email) = (a@x) already")
        .hasMessageContaining("at line 1, column 31");
  }

  @Test
  void theSecondToCommitARowIsRefusedAndMayRunAgain() throws SQLException {
    two.setAutoCommit(false);
    run(one, "UPDATE docs SET n = n + 1 WHERE id = 1");
    run(two, "UPDATE docs SET n = n + 10 WHERE id = 1");
    run(two, "INSERT INTO docs (id) VALUES (7)");
    one.commit();
    assertThatThrownBy(two::commit)
        .isInstanceOf(SQLTransactionRollbackException.class)
        .hasMessageContaining(
            "another transaction came first: it wrote the row of table \"docs\" with (id) = (1)")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("40001");
    assertThat(rows(two, "SELECT id FROM docs WHERE id = 7")).isEmpty();
    run(two, "UPDATE docs SET n = n + 10 WHERE id = 1");
    two.commit();
    assertThat(rows(one, "SELECT n FROM docs WHERE id = 1")).containsExactly("12");
  }

  @Test
  void theSameNewKeyTwiceIsAConflictNotADuplicate() throws SQLException {
    run(one, "INSERT INTO docs (id) VALUES (3)");
    run(two, "INSERT INTO docs (id) VALUES (3)");
    assertThatThrownBy(one::commit).isInstanceOf(SQLTransactionRollbackException.class);
    SQLException duplicate = failure(one, "INSERT INTO docs (id) VALUES (3)");
    assertThat(duplicate.getSQLState()).isEqualTo("23505");
  }

  @Test
  void aFailedStatementLeavesTheTransactionAsItWas() throws SQLException {
    run(one, "INSERT INTO docs (id) VALUES (3)");
    assertThat(failure(one, "INSERT INTO docs (id) VALUES (4), (3)").getSQLState())
        .isEqualTo("23505");
    assertThat(failure(one, "SELEC").getSQLState()).isEqualTo("42601");
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3");
    one.commit();
    assertThat(rows(two, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3");
  }

  @Test
  void savepointsNamedAndNot() throws SQLException {
    run(one, "INSERT INTO docs (id) VALUES (3)");
    Savepoint first = one.setSavepoint();
    run(one, "INSERT INTO docs (id) VALUES (4)");
    Savepoint second = one.setSavepoint("Second \"one\"");
    run(one, "DELETE FROM docs WHERE id < 4");
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("4");
    one.rollback(second);
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3", "4");
    one.releaseSavepoint(second);
    assertThatThrownBy(() -> one.rollback(second))
        .hasMessageContaining("there is no savepoint \"Second \"one\"\"")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("3B001");
    one.rollback(first);
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3");
    one.commit();
    assertThat(rows(two, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3");
    assertThat(first.getSavepointId()).isEqualTo(1);
    assertThat(second.getSavepointName()).isEqualTo("Second \"one\"");
    assertThatThrownBy(first::getSavepointName).hasMessage("Savepoint 1 has a number, and no name");
    assertThatThrownBy(second::getSavepointId)
        .hasMessage("Savepoint 'Second \"one\"' has a name, and no number");
    assertThatThrownBy(two::setSavepoint)
        .hasMessage("No savepoints: each statement commits by itself");
  }

  @Test
  void transactionsInSqlAlone() throws SQLException {
    run(two, "BEGIN");
    run(two, "INSERT INTO docs (id) VALUES (3)");
    run(two, "SAVEPOINT a");
    run(two, "INSERT INTO docs (id) VALUES (4)");
    run(two, "ROLLBACK TO SAVEPOINT a");
    assertThat(failure(two, "BEGIN").getSQLState()).isEqualTo("25001");
    assertThat(failure(two, "ROLLBACK TO SAVEPOINT b").getSQLState()).isEqualTo("3B001");
    run(two, "RELEASE SAVEPOINT a");
    run(two, "COMMIT");
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3");
    run(two, "START TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY");
    assertThat(rows(two, "SELECT COUNT(*) FROM docs")).containsExactly("3");
    assertThat(failure(two, "DELETE FROM docs").getSQLState()).isEqualTo("25006");
    run(two, "ROLLBACK");
    assertThat(run(two, "DELETE FROM docs WHERE id = 3")).isEqualTo(1);
    assertThat((Throwable) failure(two, "BEGIN ISOLATION LEVEL SERIALIZABLE"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThat(failure(two, "SAVEPOINT c").getSQLState()).isEqualTo("25P01");
    try (Statement statement = two.createStatement()) {
      statement.executeUpdate("COMMIT");
      assertThat((Throwable) statement.getWarnings())
          .hasMessage("No transaction is open: there is nothing to end");
    }
    one.rollback();
    run(one, "SET TRANSACTION READ ONLY");
    assertThat(failure(one, "DELETE FROM docs").getSQLState()).isEqualTo("25006");
    one.commit();
    assertThat(run(one, "DELETE FROM docs WHERE id = 1")).isEqualTo(1);
  }

  @Test
  void aLocalSettingEndsWithItsTransaction() throws SQLException {
    run(one, "SET ef_search = 200");
    run(one, "SET LOCAL ef_search = 300");
    assertThat(value("ef_search")).isEqualTo("300");
    one.rollback();
    assertThat(value("ef_search")).isEqualTo("200");
  }

  private String value(String setting) throws SQLException {
    try (Statement statement = one.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      assertThat(result.next()).isTrue();
      return result.getString("value");
    }
  }

  @Test
  void aDefinitionCommitsWhatCameBeforeIt() throws SQLException {
    run(one, "INSERT INTO docs (id) VALUES (3)");
    run(one, "CREATE TABLE other (id INT PRIMARY KEY)");
    run(one, "INSERT INTO other VALUES (1)");
    one.rollback();
    assertThat(rows(two, "SELECT COUNT(*) FROM docs")).containsExactly("3");
    assertThat(rows(two, "SELECT COUNT(*) FROM other")).containsExactly("0");
  }

  @Test
  void aTransactionDoesNotSeeTablesMadeAfterItBegan() throws SQLException {
    assertThat(rows(one, "SELECT COUNT(*) FROM docs")).containsExactly("2");
    run(two, "CREATE TABLE other (id INT PRIMARY KEY)");
    SQLException late = failure(one, "INSERT INTO other VALUES (1)");
    assertThat(late.getSQLState()).isEqualTo("40001");
    assertThatThrownBy(() -> rows(one, "SELECT COUNT(*) FROM other"))
        .hasMessageContaining("was made after the transaction began");
    one.rollback();
    assertThat(run(one, "INSERT INTO other VALUES (1)")).isEqualTo(1);
  }

  @Test
  void closingRollsBackAndSwitchingAutocommitOnCommits() throws SQLException {
    run(one, "INSERT INTO docs (id) VALUES (3)");
    one.setAutoCommit(true);
    assertThat(rows(two, "SELECT COUNT(*) FROM docs")).containsExactly("3");
    one.setAutoCommit(false);
    run(one, "INSERT INTO docs (id) VALUES (4)");
    one.close();
    assertThat(rows(two, "SELECT COUNT(*) FROM docs")).containsExactly("3");
  }

  /** The default holdability: a cursor goes on over the end of its transaction. */
  @Test
  void anOpenCursorKeepsWhatItSaw() throws SQLException {
    run(one, "INSERT INTO docs (id) VALUES (3)");
    try (Statement statement = one.createStatement();
        ResultSet result = statement.executeQuery("SELECT id FROM docs")) {
      assertThat(result.next()).isTrue();
      run(one, "DELETE FROM docs");
      one.rollback();
      assertThat(result.next()).isTrue();
      assertThat(result.next()).isTrue();
      assertThat(result.next()).isFalse();
    }
  }

  @Test
  void aBatchIsPartOfItsTransactionAndAtomicInIt() throws SQLException {
    try (PreparedStatement insert =
        one.prepareStatement("INSERT INTO docs (id, n) VALUES (?, ?)")) {
      for (int id : new int[] {3, 4}) {
        insert.setInt(1, id);
        insert.setInt(2, id);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).containsExactly(1, 1);
      for (int id : new int[] {5, 1}) {
        insert.setInt(1, id);
        insert.setInt(2, id);
        insert.addBatch();
      }
      BatchUpdateException failure =
          catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
      assertThat(failure.getUpdateCounts())
          .containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
      assertThat((Throwable) failure).hasMessageContaining("row 2: table \"docs\" has a row");
    }
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2", "3", "4");
    one.rollback();
    assertThat(rows(one, "SELECT id FROM docs ORDER BY id")).containsExactly("1", "2");
  }

  /** Autocommit: the batch commits by itself, and meets who came first when it does. */
  @Test
  void aConflictInABatchIsOneToTryAgain() throws SQLException {
    try (Statement statement = one.createStatement();
        PreparedStatement insert = one.prepareStatement("INSERT INTO docs (id) VALUES (?)")) {
      assertThat(rows(one, "SELECT COUNT(*) FROM docs")).containsExactly("2");
      run(two, "UPDATE docs SET n = 5 WHERE id = 1");
      statement.addBatch("UPDATE docs SET n = 6 WHERE id = 2");
      statement.addBatch("UPDATE docs SET n = 6 WHERE id = 1");
      int[] counts = statement.executeBatch();
      assertThat(counts).containsExactly(1, 1);
      SQLException conflict = catchThrowableOfType(SQLException.class, one::commit);
      assertThat(conflict.getSQLState()).isEqualTo("40001");
      assertThat(rows(one, "SELECT n FROM docs ORDER BY id")).containsExactly("5", "2");
      insert.setInt(1, 9);
      insert.addBatch();
      run(two, "TRUNCATE TABLE docs");
      run(two, "ALTER TABLE docs ADD COLUMN w INT");
      BatchUpdateException batch =
          catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
      assertThat(batch.getSQLState()).isEqualTo("40001");
      assertThat(batch.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED);
      one.rollback();
      insert.setInt(1, 9);
      insert.addBatch();
      assertThat(insert.executeBatch()).containsExactly(1);
      one.commit();
      assertThat(rows(two, "SELECT id FROM docs")).containsExactly("9");
    }
  }

  @Test
  void wordsAreFoundThatTheTransactionWrote() throws SQLException {
    one.setAutoCommit(true);
    run(one, "CREATE INDEX ON docs USING BM25 (lang)");
    one.setAutoCommit(false);
    String words = "SELECT id FROM SPARSE_MATCH('docs', 'lang', 'swedish', 5)";
    run(one, "INSERT INTO docs (id, lang) VALUES (3, 'swedish and danish')");
    run(one, "UPDATE docs SET lang = 'swedish' WHERE id = 2");
    assertThat(rows(one, words)).containsExactlyInAnyOrder("2", "3");
    run(one, "DELETE FROM docs WHERE id = 3");
    assertThat(rows(one, words)).containsExactly("2");
    assertThat(rows(two, words)).isEmpty();
    one.rollback();
    assertThat(rows(one, words)).isEmpty();
  }

  @Test
  void aBatchOfTextsIsAtomic() throws SQLException {
    for (Connection connection : List.of(one, two)) {
      try (Statement statement = connection.createStatement()) {
        statement.addBatch("INSERT INTO docs (id) VALUES (8)");
        statement.addBatch("UPDATE docs SET n = 1 / 0 WHERE id = 8");
        BatchUpdateException failure =
            catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
        assertThat((Throwable) failure)
            .hasMessageContaining("statement 2 of the batch failed, so that none is done: ");
        assertThat(failure.getUpdateCounts())
            .containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
        assertThat(rows(connection, "SELECT id FROM docs WHERE id = 8")).isEmpty();
        statement.addBatch("INSERT INTO docs (id) VALUES (8)");
        statement.addBatch("CREATE TABLE other (id INT PRIMARY KEY)");
        assertThatThrownBy(statement::executeBatch)
            .hasMessageContaining("a batch is done whole or not at all");
        statement.addBatch("INSERT INTO docs (id) VALUES (8)");
        statement.addBatch("DELETE FROM docs WHERE id = 8");
        assertThat(statement.executeBatch()).containsExactly(1, 1);
      }
    }
  }

  @Test
  void aReadOnlyConnectionKeepsSoWhileATransactionIsUnderWay() throws SQLException {
    one.setReadOnly(true);
    assertThat(failure(one, "DELETE FROM docs").getSQLState()).isEqualTo("25006");
    assertThat(rows(one, "SELECT COUNT(*) FROM docs")).containsExactly("2");
    assertThatThrownBy(() -> one.setReadOnly(false))
        .hasMessage("Cannot change read-only while a transaction is under way: end it first");
    one.rollback();
    one.setReadOnly(false);
    assertThat(run(one, "DELETE FROM docs")).isEqualTo(2);
  }

  @Test
  void metadataTellsWhatTransactionsAre() throws SQLException {
    DatabaseMetaData facts = one.getMetaData();
    assertThat(facts.supportsTransactions()).isTrue();
    assertThat(facts.supportsSavepoints()).isTrue();
    assertThat(facts.dataDefinitionCausesTransactionCommit()).isTrue();
    assertThat(facts.getDefaultTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    one.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(one.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    assertThatThrownBy(() -> one.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  /** What Spring's DataSourceTransactionManager does with a connection, conflict and all. */
  @Test
  void aServiceMethodRunsInATransactionAndIsRetriedOnConflict() throws SQLException {
    int attempts = 0;
    one.setAutoCommit(true);
    while (true) {
      attempts++;
      one.setReadOnly(false);
      one.setAutoCommit(false);
      try {
        run(one, "UPDATE docs SET n = n + 1 WHERE id = 2");
        if (attempts == 1) {
          run(two, "UPDATE docs SET n = n + 5 WHERE id = 2");
        }
        one.commit();
        break;
      } catch (SQLTransactionRollbackException e) {
        one.rollback();
      } finally {
        one.setAutoCommit(true);
      }
    }
    assertThat(attempts).isEqualTo(2);
    assertThat(rows(one, "SELECT n FROM docs WHERE id = 2")).containsExactly("8");
  }
}

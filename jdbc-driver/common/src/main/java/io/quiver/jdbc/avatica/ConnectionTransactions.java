package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.UnregisteredDriver;

/** Transactions of a connection, and savepoints within them. */
abstract class ConnectionTransactions extends ConnectionAttributes {
  private int savepoints;

  ConnectionTransactions(
      UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info) {
    super(driver, factory, url, info);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    checkOpen();
    Failures.guardAction(() -> super.setAutoCommit(autoCommit));
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return Failures.guard(super::getAutoCommit);
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
    if (getAutoCommit()) {
      throw SqlErrors.misuse("25P01", "Cannot commit: each statement commits by itself");
    }
    Failures.guardAction(super::commit);
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
    if (getAutoCommit()) {
      throw SqlErrors.misuse("25P01", "Cannot roll back: each statement commits by itself");
    }
    Failures.guardAction(super::rollback);
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    checkSavepoints();
    QuiverSavepoint savepoint = QuiverSavepoint.numbered(++savepoints);
    command("SAVEPOINT " + savepoint.quoted());
    return savepoint;
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    checkSavepoints();
    if (name == null) {
      throw SqlErrors.misuse("3B001", "The name of a savepoint is null");
    }
    QuiverSavepoint savepoint = QuiverSavepoint.named(name);
    command("SAVEPOINT " + savepoint.quoted());
    return savepoint;
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    checkSavepoints();
    command("ROLLBACK TO SAVEPOINT " + QuiverSavepoint.of(savepoint).quoted());
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    checkSavepoints();
    command("RELEASE SAVEPOINT " + QuiverSavepoint.of(savepoint).quoted());
  }

  /** Something an application does in several steps. */
  @FunctionalInterface
  interface Steps {
    void run() throws SQLException;
  }

  /** Does all of it or nothing: as a transaction, or as a part of the one that is open. */
  final void together(Steps steps) throws SQLException {
    boolean alone = getAutoCommit();
    if (alone) {
      setAutoCommit(false);
    }
    Savepoint before = setSavepoint();
    try {
      steps.run();
    } catch (SQLException | RuntimeException e) {
      rollback(before);
      if (alone) {
        rollback();
        setAutoCommit(true);
      }
      throw e;
    }
    if (alone) {
      try {
        commit();
      } finally {
        setAutoCommit(true);
      }
    }
  }

  private void checkSavepoints() throws SQLException {
    checkOpen();
    if (getAutoCommit()) {
      throw SqlErrors.misuse("25P01", "No savepoints: each statement commits by itself");
    }
  }

  private void command(String sql) throws SQLException {
    try (Statement statement = createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}

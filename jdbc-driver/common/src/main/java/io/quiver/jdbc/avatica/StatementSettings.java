package io.quiver.jdbc.avatica;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * What a plain statement has beside its execution: limits, hints, warnings, its end.
 *
 * @see PreparedStatementSettings its twin: Avatica's two kinds of statement leave no class to share
 */
abstract class StatementSettings extends AvaticaStatement {
  final StatementExtras extras;

  StatementSettings(
      QuiverConnection connection, Meta.@Nullable StatementHandle handle, int holdability) {
    super(connection, handle, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability);
    this.extras = new StatementExtras(connection, this);
  }

  @Override
  protected void checkOpen() throws SQLException {
    extras.checkOpen();
  }

  @Override
  public QuiverConnection getConnection() throws SQLException {
    checkOpen();
    return (QuiverConnection) connection;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return extras.warnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    extras.clearWarnings();
  }

  /** Stops what runs now; it fails with SQLSTATE 57014. Later executions are not touched. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // would wait for what it should stop
  public void cancel() throws SQLException {
    checkOpen();
    extras.cancel();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    extras.limitTime(seconds);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return extras.timeoutSeconds();
  }

  @Override
  public void setLargeMaxRows(long rows) throws SQLException {
    checkOpen();
    super.setLargeMaxRows(StatementExtras.checkedMaxRows(rows));
  }

  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    checkOpen();
    StatementExtras.checkMaxFieldSize(max);
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    super.setFetchSize(StatementExtras.checkedFetchSize(rows));
  }

  /** A hint: rows come forwards. */
  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    StatementExtras.checkDirection(direction);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  /** Escapes such as {@code {ts '...'}} are part of the grammar. */
  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    throw StatementExtras.noCursorNames();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
    extras.keepPoolable(poolable);
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return extras.isPoolable();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    StatementExtras.checkMoreResults(current);
    return super.getMoreResults(CLOSE_CURRENT_RESULT);
  }

  /** Keys of rows that the last execution inserted, if it was asked for them; else none. */
  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return extras.generatedKeys();
  }

  /** The result set that an execution left open is closed with the statement. */
  @Override
  public synchronized void close() throws SQLException {
    Failures.guardAction(super::close);
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Wrapping.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> wanted) {
    return wanted != null && wanted.isInstance(this);
  }
}

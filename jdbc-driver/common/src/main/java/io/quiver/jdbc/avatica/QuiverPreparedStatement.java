package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A statement with parameters. Every setter ends in {@link #bind}: Avatica's own lose streams and
 * typed nulls and refuse vectors.
 */
final class QuiverPreparedStatement extends AvaticaPreparedStatement {
  private final StatementExtras extras;
  private final ValueForm form;
  private final SqlType[] types;
  private final boolean givesRows;
  private boolean poolable;
  private boolean returnsKeys;

  QuiverPreparedStatement(
      QuiverConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int holdability,
      ValueForm form)
      throws SQLException {
    super(
        connection,
        handle,
        signature,
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.CONCUR_READ_ONLY,
        holdability);
    this.extras = new StatementExtras(connection, this);
    this.form = form;
    this.givesRows = signature.columns != null && !signature.columns.isEmpty();
    this.types = new SqlType[signature.parameters.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = SqlType.of(signature.parameters.get(i));
    }
  }

  /** Says that the rows it gives are what was generated, for {@code getGeneratedKeys}. */
  void returnsKeys() {
    returnsKeys = givesRows;
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    checkRunnable();
    if (!givesRows || returnsKeys) {
      throw SqlErrors.misuse("07005", "The statement gives no rows: run it with executeUpdate");
    }
    return Failures.guard(super::executeQuery);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    checkRunnable();
    if (returnsKeys) {
      return updateReturning();
    }
    if (givesRows) {
      throw SqlErrors.misuse("07005", "The statement gives rows: run it with executeQuery");
    }
    return Failures.guard(super::executeLargeUpdate);
  }

  private long updateReturning() throws SQLException {
    int rows = extras.keep(Failures.guard(super::executeQuery));
    openResultSet = null;
    updateCount = rows;
    return rows;
  }

  @Override
  public boolean execute() throws SQLException {
    checkRunnable();
    if (returnsKeys) {
      updateReturning();
      return false;
    }
    return Failures.guard(super::execute);
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    checkBound();
    super.addBatch();
  }

  /** All rows are one commit: if one fails, none is there. */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    int size = parameterValueBatch.size();
    if (size == 0) {
      return new long[0];
    }
    extras.begins();
    try {
      return returnsKeys
          ? batchReturning(List.copyOf(parameterValueBatch))
          : Failures.guard(super::executeLargeBatch);
    } catch (SQLException e) {
      throw Failures.ofBatch(e, size);
    }
  }

  /** Row by row, for the answer to a batch holds counts alone; all of it or none all the same. */
  private long[] batchReturning(List<List<TypedValue>> batch) throws SQLException {
    QuiverConnection own = (QuiverConnection) connection;
    TypedValue[] before = slots.clone();
    clearBatch();
    long[] counts = new long[batch.size()];
    try {
      own.together(
          () -> {
            for (int i = 0; i < counts.length; i++) {
              batch.get(i).toArray(slots);
              counts[i] = updateReturning();
            }
          });
    } finally {
      System.arraycopy(before, 0, slots, 0, slots.length);
    }
    return counts;
  }

  private void checkRunnable() throws SQLException {
    checkOpen();
    checkBound();
    extras.begins();
  }

  private void checkBound() throws SQLException {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == null) {
        throw SqlErrors.misuse(
            "07001", "Parameter " + (i + 1) + " of " + slots.length + " is not set");
      }
    }
  }

  /** The one place where parameters are set. */
  private void bind(int parameterIndex, @Nullable Object x, @Nullable Calendar calendar)
      throws SQLException {
    SqlType type = type(parameterIndex);
    slots[parameterIndex - 1] =
        x == null
            ? ValueForm.nothing()
            : Failures.guard(() -> form.of(ParameterValue.of(x, type, calendar), type));
  }

  private void bindAs(int parameterIndex, @Nullable Object x, int jdbcType, int scale)
      throws SQLException {
    SqlType type = type(parameterIndex);
    slots[parameterIndex - 1] =
        x == null || jdbcType == Types.NULL
            ? ValueForm.nothing()
            : Failures.guard(
                () ->
                    form.of(
                        TargetType.of(ParameterValue.of(x, type, null), jdbcType, scale), type));
  }

  private SqlType type(int parameterIndex) throws SQLException {
    checkOpen();
    if (parameterIndex < 1 || parameterIndex > types.length) {
      throw SqlErrors.misuse(
          "07009", "Invalid parameter " + parameterIndex + ": the statement has " + types.length);
    }
    return types[parameterIndex - 1];
  }

  @Override
  protected List<TypedValue> getParameterValues() {
    return Arrays.asList(slots);
  }

  @Override
  public void setBoolean(int parameterIndex, boolean x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setByte(int parameterIndex, byte x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setShort(int parameterIndex, short x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setInt(int parameterIndex, int x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setLong(int parameterIndex, long x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setFloat(int parameterIndex, float x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setDouble(int parameterIndex, double x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setBigDecimal(int parameterIndex, @Nullable BigDecimal x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setString(int parameterIndex, @Nullable String x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setNString(int parameterIndex, @Nullable String x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setBytes(int parameterIndex, byte @Nullable [] x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setRef(int parameterIndex, @Nullable Ref x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setRowId(int parameterIndex, @Nullable RowId x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setSQLXML(int parameterIndex, @Nullable SQLXML x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setURL(int parameterIndex, @Nullable URL x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setArray(int parameterIndex, @Nullable Array x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setBlob(int parameterIndex, @Nullable Blob x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setClob(int parameterIndex, @Nullable Clob x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setNClob(int parameterIndex, @Nullable NClob x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setDate(int parameterIndex, @Nullable Date x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setTime(int parameterIndex, @Nullable Time x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setTimestamp(int parameterIndex, @Nullable Timestamp x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setAsciiStream(int parameterIndex, @Nullable InputStream x) throws SQLException {
    bind(parameterIndex, x == null ? null : ascii(x, Long.MAX_VALUE), null);
  }

  @Override
  public void setBinaryStream(int parameterIndex, @Nullable InputStream x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setBlob(int parameterIndex, @Nullable InputStream x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setCharacterStream(int parameterIndex, @Nullable Reader x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setNCharacterStream(int parameterIndex, @Nullable Reader x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setClob(int parameterIndex, @Nullable Reader x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setNClob(int parameterIndex, @Nullable Reader x) throws SQLException {
    bind(parameterIndex, x, null);
  }

  @Override
  public void setDate(int parameterIndex, @Nullable Date x, @Nullable Calendar calendar)
      throws SQLException {
    bind(parameterIndex, x, calendar);
  }

  @Override
  public void setTime(int parameterIndex, @Nullable Time x, @Nullable Calendar calendar)
      throws SQLException {
    bind(parameterIndex, x, calendar);
  }

  @Override
  public void setTimestamp(int parameterIndex, @Nullable Timestamp x, @Nullable Calendar calendar)
      throws SQLException {
    bind(parameterIndex, x, calendar);
  }

  @Override
  public void setCharacterStream(int parameterIndex, @Nullable Reader x, long length)
      throws SQLException {
    bind(parameterIndex, x == null ? null : ParameterValue.text(x, checked(length)), null);
  }

  @Override
  public void setNCharacterStream(int parameterIndex, @Nullable Reader x, long length)
      throws SQLException {
    bind(parameterIndex, x == null ? null : ParameterValue.text(x, checked(length)), null);
  }

  @Override
  public void setClob(int parameterIndex, @Nullable Reader x, long length) throws SQLException {
    bind(parameterIndex, x == null ? null : ParameterValue.text(x, checked(length)), null);
  }

  @Override
  public void setNClob(int parameterIndex, @Nullable Reader x, long length) throws SQLException {
    bind(parameterIndex, x == null ? null : ParameterValue.text(x, checked(length)), null);
  }

  @Override
  public void setCharacterStream(int parameterIndex, @Nullable Reader x, int length)
      throws SQLException {
    setCharacterStream(parameterIndex, x, (long) length);
  }

  @Override
  public void setBinaryStream(int parameterIndex, @Nullable InputStream x, long length)
      throws SQLException {
    bind(parameterIndex, x == null ? null : ParameterValue.bytes(x, checked(length)), null);
  }

  @Override
  public void setBlob(int parameterIndex, @Nullable InputStream x, long length)
      throws SQLException {
    bind(parameterIndex, x == null ? null : ParameterValue.bytes(x, checked(length)), null);
  }

  @Override
  public void setBinaryStream(int parameterIndex, @Nullable InputStream x, int length)
      throws SQLException {
    setBinaryStream(parameterIndex, x, (long) length);
  }

  @Override
  public void setAsciiStream(int parameterIndex, @Nullable InputStream x, long length)
      throws SQLException {
    bind(parameterIndex, x == null ? null : ascii(x, checked(length)), null);
  }

  @Override
  public void setAsciiStream(int parameterIndex, @Nullable InputStream x, int length)
      throws SQLException {
    setAsciiStream(parameterIndex, x, (long) length);
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int parameterIndex, @Nullable InputStream x, int length)
      throws SQLException {
    bind(
        parameterIndex,
        x == null
            ? null
            : ParameterValue.text(
                new InputStreamReader(x, StandardCharsets.UTF_8), checked(length)),
        null);
  }

  @Override
  public void setNull(int parameterIndex, int jdbcType) throws SQLException {
    bind(parameterIndex, null, null);
  }

  @Override
  public void setNull(int parameterIndex, int jdbcType, @Nullable String typeName)
      throws SQLException {
    bind(parameterIndex, null, null);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object x, int targetSqlType)
      throws SQLException {
    bindAs(parameterIndex, x, targetSqlType, -1);
  }

  @Override
  public void setObject(
      int parameterIndex, @Nullable Object x, int targetSqlType, int scaleOrLength)
      throws SQLException {
    bindAs(parameterIndex, x, targetSqlType, scaleOrLength);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object x, @Nullable SQLType targetSqlType)
      throws SQLException {
    bindAs(parameterIndex, x, jdbcType(targetSqlType), -1);
  }

  @Override
  public void setObject(
      int parameterIndex, @Nullable Object x, @Nullable SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    bindAs(parameterIndex, x, jdbcType(targetSqlType), scaleOrLength);
  }

  private static int jdbcType(@Nullable SQLType type) {
    Integer number = type == null ? null : type.getVendorTypeNumber();
    return number == null ? Types.OTHER : number;
  }

  private static long checked(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.misuse("22023", "Invalid length " + length + " of a stream: it is negative");
    }
    return length;
  }

  private static String ascii(InputStream in, long most) throws SQLException {
    return new String(ParameterValue.bytes(in, most), StandardCharsets.US_ASCII);
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return this;
  }

  /** Null for a statement that gives no rows, as JDBC asks. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return givesRows ? super.getMetaData() : null;
  }

  @Override
  public int getParameterCount() {
    return types.length;
  }

  @Override
  public int isNullable(int parameterIndex) throws SQLException {
    type(parameterIndex);
    return parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int parameterIndex) throws SQLException {
    return type(parameterIndex).kind().isNumeric();
  }

  @Override
  public int getPrecision(int parameterIndex) throws SQLException {
    return type(parameterIndex).precision();
  }

  @Override
  public int getScale(int parameterIndex) throws SQLException {
    return type(parameterIndex).scale();
  }

  @Override
  public int getParameterType(int parameterIndex) throws SQLException {
    return type(parameterIndex).kind().jdbcType();
  }

  @Override
  public String getParameterTypeName(int parameterIndex) throws SQLException {
    return type(parameterIndex).plainName();
  }

  @Override
  public String getParameterClassName(int parameterIndex) throws SQLException {
    return type(parameterIndex).kind().javaClass().getName();
  }

  @Override
  public int getParameterMode(int parameterIndex) throws SQLException {
    type(parameterIndex);
    return parameterModeIn;
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw isPrepared();
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw isPrepared();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw isPrepared();
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw isPrepared();
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    throw isPrepared();
  }

  @Override
  public boolean execute(String sql, int[] columnIndexes) throws SQLException {
    throw isPrepared();
  }

  @Override
  public boolean execute(String sql, String[] columnNames) throws SQLException {
    throw isPrepared();
  }

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    throw isPrepared();
  }

  @Override
  public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
    throw isPrepared();
  }

  @Override
  public int executeUpdate(String sql, String[] columnNames) throws SQLException {
    throw isPrepared();
  }

  @Override
  public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    throw isPrepared();
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
    throw isPrepared();
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
    throw isPrepared();
  }

  private static SQLException isPrepared() {
    return SqlErrors.misuse(
        "HY010", "The statement is prepared: run it without SQL, or make another for this SQL");
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.misuse("26000", "The statement is closed");
    }
    ((QuiverConnection) connection).checkOpen();
  }

  /** The result set that an execution left open is closed with the statement. */
  @Override
  public synchronized void close() throws SQLException {
    Failures.guardAction(super::close);
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
    if (max < 0) {
      throw SqlErrors.misuse("22023", "Invalid maximum field size " + max + ": it is negative");
    }
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
    throw SqlErrors.unsupported("Cursors have no names: rows are changed by their key");
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
    this.poolable = poolable;
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    if (current == KEEP_CURRENT_RESULT) {
      throw SqlErrors.unsupported("A statement has one open result at a time");
    }
    if (current != CLOSE_CURRENT_RESULT && current != CLOSE_ALL_RESULTS) {
      throw SqlErrors.misuse("22023", "Invalid argument " + current + " of getMoreResults");
    }
    return super.getMoreResults(CLOSE_CURRENT_RESULT);
  }

  /** Keys of rows that the last execution inserted, if it was made to return them; else none. */
  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return extras.generatedKeys();
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

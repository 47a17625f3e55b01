package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a result, read forwards.
 *
 * <p>Every getter reads any type it can turn into what it gives; see {@link ColumnAs} for the
 * classes of {@code getObject(i, Class)}. A value that cannot be read so is SQLSTATE 22018, a
 * number that does not fit 22003.
 */
final class QuiverResultSet extends AvaticaResultSet {
  private final QuiverConnection connection;
  private final SqlType[] types;
  private final long maxRows;
  private @Nullable Map<String, Integer> ordinals;
  private volatile @Nullable Iterator<Object> rows;
  private @Nullable Object @Nullable [] current;
  private int row;
  private boolean afterLast;
  private boolean wasNull;

  QuiverResultSet(
      AvaticaStatement statement,
      QueryState state,
      Meta.Signature signature,
      TimeZone timeZone,
      Meta.@Nullable Frame firstFrame)
      throws SQLException {
    super(
        statement,
        state,
        signature,
        new QuiverResultSetMetaData(statement, signature),
        timeZone,
        firstFrame);
    this.connection = (QuiverConnection) statement.connection;
    this.maxRows = statement.getLargeMaxRows();
    this.types = new SqlType[columnMetaDataList.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = SqlType.of(columnMetaDataList.get(i));
    }
  }

  @Override
  protected AvaticaResultSet execute() throws SQLException {
    rows =
        firstFrame != null && firstFrame.done
            ? firstFrame.rows.iterator()
            : connection.rows(statement, state, signature, firstFrame).iterator();
    return this;
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    if (afterLast) {
      return false;
    }
    Iterator<Object> source = rows;
    if (source == null) {
      throw isClosedAlready();
    }
    boolean more = (maxRows <= 0 || row < maxRows) && Failures.guard(source::hasNext);
    if (!more) {
      afterLast = true;
      current = null;
      row = 0;
      release();
      return false;
    }
    Object next = Failures.guard(source::next);
    current = next instanceof List<?> list ? list.toArray() : (@Nullable Object[]) next;
    row++;
    return true;
  }

  Meta.Signature signature() {
    return signature;
  }

  /** All rows from here on, as the database gave them. */
  List<Object> rest() throws SQLException {
    checkOpen();
    List<Object> rest = new ArrayList<>();
    Iterator<Object> source = rows;
    while (source != null && Failures.guard(source::hasNext)) {
      rest.add(Failures.guard(source::next));
    }
    return rest;
  }

  @Override
  public void close() {
    release();
    current = null;
    super.close();
  }

  /** Gives the snapshot back as soon as no more rows are wanted. */
  private void release() {
    Iterator<Object> source = rows;
    rows = null;
    if (source instanceof ReleasableRows releasable) {
      releasable.release();
    }
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw isClosedAlready();
    }
  }

  private static SQLException isClosedAlready() {
    return SqlErrors.misuse("24000", "The result set is closed");
  }

  /** The value of a column, counted from 1, as the database gave it. */
  private @Nullable Object raw(int columnIndex) throws SQLException {
    checkOpen();
    @Nullable Object[] values = current;
    if (values == null) {
      throw SqlErrors.misuse(
          "24000",
          afterLast
              ? "The result set is after its last row"
              : "The result set is before its first row: call next()");
    }
    if (columnIndex < 1 || columnIndex > types.length) {
      throw SqlErrors.misuse(
          "42703",
          "Invalid column " + columnIndex + ": the result has " + types.length + " columns");
    }
    Object value = values[columnIndex - 1];
    wasNull = value == null;
    return value;
  }

  private SqlType type(int columnIndex) {
    return types[columnIndex - 1];
  }

  /** A repeated label finds the first column that has it, as JDBC asks. */
  @Override
  public int findColumn(String columnLabel) throws SQLException {
    checkOpen();
    Map<String, Integer> known = ordinals;
    if (known == null) {
      known = new HashMap<>();
      for (ColumnMetaData column : columnMetaDataList) {
        known.putIfAbsent(column.label.toLowerCase(Locale.ROOT), column.ordinal + 1);
      }
      ordinals = known;
    }
    Integer found = columnLabel == null ? null : known.get(columnLabel.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw SqlErrors.misuse(
          "42703",
          "Column '"
              + columnLabel
              + "' is not in the result; it has "
              + columnMetaDataList.stream().map(c -> c.label).toList());
    }
    return found;
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.text(v, type(columnIndex));
  }

  @Override
  public @Nullable String getString(String columnLabel) throws SQLException {
    return getString(findColumn(columnLabel));
  }

  @Override
  public @Nullable String getNString(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.text(v, type(columnIndex));
  }

  @Override
  public @Nullable String getNString(String columnLabel) throws SQLException {
    return getNString(findColumn(columnLabel));
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? false : ColumnValue.bool(v, type(columnIndex));
  }

  @Override
  public boolean getBoolean(String columnLabel) throws SQLException {
    return getBoolean(findColumn(columnLabel));
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? 0
        : (byte) ColumnValue.whole(v, type(columnIndex), Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  @Override
  public byte getByte(String columnLabel) throws SQLException {
    return getByte(findColumn(columnLabel));
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? 0
        : (short)
            ColumnValue.whole(v, type(columnIndex), Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  @Override
  public short getShort(String columnLabel) throws SQLException {
    return getShort(findColumn(columnLabel));
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? 0
        : (int)
            ColumnValue.whole(v, type(columnIndex), Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public int getInt(String columnLabel) throws SQLException {
    return getInt(findColumn(columnLabel));
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? 0 : ColumnValue.whole(v, type(columnIndex));
  }

  @Override
  public long getLong(String columnLabel) throws SQLException {
    return getLong(findColumn(columnLabel));
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? 0 : (float) ColumnValue.floating(v, type(columnIndex));
  }

  @Override
  public float getFloat(String columnLabel) throws SQLException {
    return getFloat(findColumn(columnLabel));
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? 0 : ColumnValue.floating(v, type(columnIndex));
  }

  @Override
  public double getDouble(String columnLabel) throws SQLException {
    return getDouble(findColumn(columnLabel));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.decimal(v, type(columnIndex));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(String columnLabel) throws SQLException {
    return getBigDecimal(findColumn(columnLabel));
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? null
        : ColumnValue.decimal(v, type(columnIndex)).setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(String columnLabel, int scale) throws SQLException {
    return getBigDecimal(findColumn(columnLabel), scale);
  }

  @Override
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.bytes(v, type(columnIndex));
  }

  @Override
  public byte @Nullable [] getBytes(String columnLabel) throws SQLException {
    return getBytes(findColumn(columnLabel));
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.date(v, type(columnIndex), null);
  }

  @Override
  public @Nullable Date getDate(String columnLabel) throws SQLException {
    return getDate(findColumn(columnLabel));
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.date(v, type(columnIndex), calendar);
  }

  @Override
  public @Nullable Date getDate(String columnLabel, @Nullable Calendar calendar)
      throws SQLException {
    return getDate(findColumn(columnLabel), calendar);
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.time(v, type(columnIndex), null);
  }

  @Override
  public @Nullable Time getTime(String columnLabel) throws SQLException {
    return getTime(findColumn(columnLabel));
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.time(v, type(columnIndex), calendar);
  }

  @Override
  public @Nullable Time getTime(String columnLabel, @Nullable Calendar calendar)
      throws SQLException {
    return getTime(findColumn(columnLabel), calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.timestamp(v, type(columnIndex), null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(String columnLabel) throws SQLException {
    return getTimestamp(findColumn(columnLabel));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar)
      throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.timestamp(v, type(columnIndex), calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(String columnLabel, @Nullable Calendar calendar)
      throws SQLException {
    return getTimestamp(findColumn(columnLabel), calendar);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? null
        : new ByteArrayInputStream(
            ColumnValue.text(v, type(columnIndex)).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable InputStream getAsciiStream(String columnLabel) throws SQLException {
    return getAsciiStream(findColumn(columnLabel));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? null
        : new ByteArrayInputStream(
            ColumnValue.text(v, type(columnIndex)).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(String columnLabel) throws SQLException {
    return getUnicodeStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new ByteArrayInputStream(ColumnValue.bytes(v, type(columnIndex)));
  }

  @Override
  public @Nullable InputStream getBinaryStream(String columnLabel) throws SQLException {
    return getBinaryStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new StringReader(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable Reader getCharacterStream(String columnLabel) throws SQLException {
    return getCharacterStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new StringReader(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable Reader getNCharacterStream(String columnLabel) throws SQLException {
    return getNCharacterStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable Array getArray(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.array(v, type(columnIndex));
  }

  @Override
  public @Nullable Array getArray(String columnLabel) throws SQLException {
    return getArray(findColumn(columnLabel));
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new MemoryBlob(ColumnValue.bytes(v, type(columnIndex)));
  }

  @Override
  public @Nullable Blob getBlob(String columnLabel) throws SQLException {
    return getBlob(findColumn(columnLabel));
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new MemoryClob(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable Clob getClob(String columnLabel) throws SQLException {
    return getClob(findColumn(columnLabel));
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new MemoryClob(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable NClob getNClob(String columnLabel) throws SQLException {
    return getNClob(findColumn(columnLabel));
  }

  @Override
  public @Nullable URL getURL(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : url(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable URL getURL(String columnLabel) throws SQLException {
    return getURL(findColumn(columnLabel));
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.natural(v, type(columnIndex));
  }

  @Override
  public @Nullable Object getObject(String columnLabel) throws SQLException {
    return getObject(findColumn(columnLabel));
  }

  @Override
  public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.natural(v, type(columnIndex));
  }

  @Override
  public @Nullable Object getObject(String columnLabel, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getObject(findColumn(columnLabel), map);
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, Class<T> wanted) throws SQLException {
    Object v = raw(columnIndex);
    if (wanted == null) {
      throw SqlErrors.misuse("22004", "The class to read a column as is null");
    }
    return v == null ? null : Failures.guard(() -> ColumnAs.read(v, type(columnIndex), wanted));
  }

  @Override
  public <T> @Nullable T getObject(String columnLabel, Class<T> wanted) throws SQLException {
    return getObject(findColumn(columnLabel), wanted);
  }

  private static URL url(String text) throws SQLException {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw SqlErrors.invalidValue("'" + text + "' is not a URL");
    }
  }

  @Override
  public Ref getRef(int columnIndex) throws SQLException {
    throw SqlErrors.unsupported("Quiver has no type REF");
  }

  @Override
  public Ref getRef(String columnLabel) throws SQLException {
    return getRef(findColumn(columnLabel));
  }

  @Override
  public SQLXML getSQLXML(int columnIndex) throws SQLException {
    throw SqlErrors.unsupported("Quiver has no type XML");
  }

  @Override
  public SQLXML getSQLXML(String columnLabel) throws SQLException {
    return getSQLXML(findColumn(columnLabel));
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return row;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return row == 0 && !afterLast;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return afterLast;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return row == 1;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != FETCH_FORWARD) {
      throw SqlErrors.unsupported("A result is read forwards only");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return FETCH_FORWARD;
  }

  @Override
  public void setFetchSize(int fetchSize) throws SQLException {
    checkOpen();
    if (fetchSize < 0) {
      throw SqlErrors.misuse("22023", "Invalid fetch size " + fetchSize + ": it is negative");
    }
    super.setFetchSize(fetchSize);
  }

  /** Warnings are the statement's. */
  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
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

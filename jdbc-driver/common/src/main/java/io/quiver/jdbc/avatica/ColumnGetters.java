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
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/**
 * The getters of columns by number.
 *
 * <p>Each reads any type it can turn into what it gives; see {@link ColumnAs} for the classes of
 * {@code getObject(i, Class)}. A value that cannot be read so is SQLSTATE 22018, a number that does
 * not fit 22003.
 */
abstract class ColumnGetters extends ColumnsByLabel {
  private final SqlType[] types;
  private boolean wasNull;

  ColumnGetters(
      AvaticaStatement statement,
      QueryState state,
      Meta.Signature signature,
      TimeZone timeZone,
      Meta.@Nullable Frame firstFrame)
      throws SQLException {
    super(statement, state, signature, timeZone, firstFrame);
    this.types = new SqlType[columnMetaDataList.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = SqlType.of(columnMetaDataList.get(i));
    }
  }

  /** The values of the row the cursor is on; an error where it is on none. */
  abstract @Nullable Object[] current() throws SQLException;

  /** The value of a column, counted from 1, as the database gave it. */
  private @Nullable Object raw(int columnIndex) throws SQLException {
    checkOpen();
    @Nullable Object[] values = current();
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
  public @Nullable String getNString(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.text(v, type(columnIndex));
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? false : ColumnValue.bool(v, type(columnIndex));
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? 0
        : (byte) ColumnValue.whole(v, type(columnIndex), Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
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
  public int getInt(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? 0
        : (int)
            ColumnValue.whole(v, type(columnIndex), Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? 0 : ColumnValue.whole(v, type(columnIndex));
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? 0 : (float) ColumnValue.floating(v, type(columnIndex));
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? 0 : ColumnValue.floating(v, type(columnIndex));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.decimal(v, type(columnIndex));
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
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.bytes(v, type(columnIndex));
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.date(v, type(columnIndex), null);
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.date(v, type(columnIndex), calendar);
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.time(v, type(columnIndex), null);
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.time(v, type(columnIndex), calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.timestamp(v, type(columnIndex), null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar)
      throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnTime.timestamp(v, type(columnIndex), calendar);
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
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null
        ? null
        : new ByteArrayInputStream(
            ColumnValue.text(v, type(columnIndex)).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new ByteArrayInputStream(ColumnValue.bytes(v, type(columnIndex)));
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new StringReader(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new StringReader(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable Array getArray(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.array(v, type(columnIndex));
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new MemoryBlob(ColumnValue.bytes(v, type(columnIndex)));
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new MemoryClob(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : new MemoryClob(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable URL getURL(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : url(ColumnValue.text(v, type(columnIndex)));
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.natural(v, type(columnIndex));
  }

  @Override
  public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    Object v = raw(columnIndex);
    return v == null ? null : ColumnValue.natural(v, type(columnIndex));
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
  public Ref getRef(int columnIndex) throws SQLException {
    throw SqlErrors.unsupported("Quiver has no type REF");
  }

  @Override
  public SQLXML getSQLXML(int columnIndex) throws SQLException {
    throw SqlErrors.unsupported("Quiver has no type XML");
  }

  private static URL url(String text) throws SQLException {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw SqlErrors.invalidValue("'" + text + "' is not a URL");
    }
  }
}

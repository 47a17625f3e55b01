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
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The setters of parameters. Each ends in {@link #bind} or {@link #bindAs}: Avatica's own lose
 * streams and typed nulls and refuse vectors.
 */
abstract class ParameterSetters extends DescribedParameters {
  private final ValueForm form;

  ParameterSetters(
      QuiverConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int holdability,
      ValueForm form)
      throws SQLException {
    super(connection, handle, signature, holdability);
    this.form = form;
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

  /** An error if a parameter is not set. */
  final void checkBound() throws SQLException {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == null) {
        throw SqlErrors.misuse(
            "07001", "Parameter " + (i + 1) + " of " + slots.length + " is not set");
      }
    }
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
}

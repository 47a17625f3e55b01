package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Says of a result's columns what they are in Quiver, not what they are on the wire. */
final class QuiverResultSetMetaData extends AvaticaResultSetMetaData {
  private final List<ColumnMetaData> columns;

  QuiverResultSetMetaData(AvaticaStatement statement, Meta.Signature signature) {
    super(statement, null, signature);
    this.columns = signature.columns == null ? List.of() : signature.columns;
  }

  private ColumnMetaData column(int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      throw SqlErrors.misuse(
          "42703", "Invalid column " + column + ": the result has " + columns.size() + " columns");
    }
    return columns.get(column - 1);
  }

  private SqlType type(int column) throws SQLException {
    return SqlType.of(column(column));
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return type(column).kind().jdbcType();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return type(column).plainName();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return type(column).kind().javaClass().getName();
  }

  /** Digits or length; of vectors the dimension. */
  @Override
  public int getPrecision(int column) throws SQLException {
    return Math.max(0, column(column).precision);
  }

  @Override
  public int getScale(int column) throws SQLException {
    return column(column).scale;
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return Math.max(0, column(column).displaySize);
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return type(column).kind().isNumeric();
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    column(column);
    return true;
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    SqlKind kind = type(column).kind();
    return kind == SqlKind.VARCHAR || kind == SqlKind.JSON;
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return column(column).autoIncrement;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return column(column).nullable;
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return column(column).label;
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return column(column).columnName;
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return text(column(column).tableName);
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    return text(column(column).schemaName);
  }

  /** Quiver has no catalogs. */
  @Override
  public String getCatalogName(int column) throws SQLException {
    column(column);
    return "";
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return text(column(column).tableName).isEmpty();
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return !isReadOnly(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Wrapping.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> wanted) {
    return wanted != null && wanted.isInstance(this);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}

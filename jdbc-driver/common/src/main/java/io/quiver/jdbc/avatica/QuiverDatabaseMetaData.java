package io.quiver.jdbc.avatica;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the database holds: lists of tables, columns and the like, from the Meta of this half. */
final class QuiverDatabaseMetaData extends DatabaseCapabilities {
  /** Functions of CONVERT and CAST go between these. */
  private static final Set<Integer> CONVERTIBLE =
      Set.of(
          java.sql.Types.BOOLEAN,
          java.sql.Types.SMALLINT,
          java.sql.Types.INTEGER,
          java.sql.Types.BIGINT,
          java.sql.Types.REAL,
          java.sql.Types.DOUBLE,
          java.sql.Types.DECIMAL,
          java.sql.Types.VARCHAR);

  private final QuiverConnection connection;

  QuiverDatabaseMetaData(QuiverConnection connection) {
    super(connection);
    this.connection = connection;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public String getUserName() throws SQLException {
    String user = super.getUserName();
    return user == null ? "admin" : user;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public String getSQLKeywords() throws SQLException {
    return Failures.guard(super::getSQLKeywords);
  }

  @Override
  public String getNumericFunctions() throws SQLException {
    return Failures.guard(super::getNumericFunctions);
  }

  @Override
  public String getStringFunctions() throws SQLException {
    return Failures.guard(super::getStringFunctions);
  }

  @Override
  public String getSystemFunctions() throws SQLException {
    return Failures.guard(super::getSystemFunctions);
  }

  @Override
  public String getTimeDateFunctions() throws SQLException {
    return Failures.guard(super::getTimeDateFunctions);
  }

  private ResultSet list(Failures.Work<ResultSet> asking) throws SQLException {
    connection.checkOpen();
    return Failures.guard(asking);
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return list(() -> super.getProcedures(catalog, schemaPattern, namePattern));
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return list(
        () -> super.getProcedureColumns(catalog, schemaPattern, namePattern, columnPattern));
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    return list(() -> super.getTables(catalog, schemaPattern, tablePattern, types));
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    return list(() -> super.getSchemas(catalog, schemaPattern));
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return list(super::getSchemas);
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return list(super::getCatalogs);
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return list(super::getTableTypes);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return list(() -> super.getColumns(catalog, schemaPattern, tablePattern, columnPattern));
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String columnPattern)
      throws SQLException {
    return list(() -> super.getColumnPrivileges(catalog, schema, table, columnPattern));
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return list(() -> super.getTablePrivileges(catalog, schemaPattern, tablePattern));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return list(() -> super.getBestRowIdentifier(catalog, schema, table, scope, nullable));
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(() -> super.getVersionColumns(catalog, schema, table));
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(() -> super.getPrimaryKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(() -> super.getImportedKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(() -> super.getExportedKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return list(
        () ->
            super.getCrossReference(
                parentCatalog,
                parentSchema,
                parentTable,
                foreignCatalog,
                foreignSchema,
                foreignTable));
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    return list(super::getTypeInfo);
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return list(() -> super.getIndexInfo(catalog, schema, table, unique, approximate));
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      int @Nullable [] types)
      throws SQLException {
    return list(() -> super.getUDTs(catalog, schemaPattern, typePattern, types));
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typePattern)
      throws SQLException {
    return list(() -> super.getSuperTypes(catalog, schemaPattern, typePattern));
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return list(() -> super.getSuperTables(catalog, schemaPattern, tablePattern));
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      @Nullable String attributePattern)
      throws SQLException {
    return list(() -> super.getAttributes(catalog, schemaPattern, typePattern, attributePattern));
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return list(super::getClientInfoProperties);
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String functionPattern)
      throws SQLException {
    return list(() -> super.getFunctions(catalog, schemaPattern, functionPattern));
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String functionPattern,
      @Nullable String columnPattern)
      throws SQLException {
    return list(
        () -> super.getFunctionColumns(catalog, schemaPattern, functionPattern, columnPattern));
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return list(() -> super.getPseudoColumns(catalog, schemaPattern, tablePattern, columnPattern));
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Wrapping.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted != null && wanted.isInstance(this);
  }
}

package io.quiver.jdbc.avatica;

import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.jspecify.annotations.Nullable;

/**
 * The lists of {@link java.sql.DatabaseMetaData} as operations with arguments, the same for both
 * halves of the driver. What Quiver has none of, such as foreign keys, is an empty list without
 * asking.
 */
public abstract class ListedMetadata extends MetaImpl {
  /**
   * @param connection that asks; null where one serves many
   */
  protected ListedMetadata(@Nullable AvaticaConnection connection) {
    super(connection);
  }

  /** Asks for a list. */
  protected abstract MetaResultSet list(
      ConnectionHandle connection,
      MetadataColumns columns,
      MetaDataOperation operation,
      @Nullable Object... arguments);

  /** A list without rows. */
  protected abstract MetaResultSet nothing(ConnectionHandle connection, MetadataColumns columns);

  @Override
  public MetaResultSet getTables(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat tablePattern,
      @Nullable List<String> typeList) {
    return list(
        connection,
        MetadataColumns.TABLES,
        MetaDataOperation.GET_TABLES,
        catalog,
        schemaPattern.s,
        tablePattern.s,
        typeList == null ? null : typeList.toArray(new String[0]));
  }

  @Override
  public MetaResultSet getColumns(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat tablePattern,
      Pat columnPattern) {
    return list(
        connection,
        MetadataColumns.COLUMNS,
        MetaDataOperation.GET_COLUMNS,
        catalog,
        schemaPattern.s,
        tablePattern.s,
        columnPattern.s);
  }

  @Override
  public MetaResultSet getSchemas(
      ConnectionHandle connection, @Nullable String catalog, Pat schemaPattern) {
    return list(
        connection,
        MetadataColumns.SCHEMAS,
        MetaDataOperation.GET_SCHEMAS_WITH_ARGS,
        catalog,
        schemaPattern.s);
  }

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle connection) {
    return list(connection, MetadataColumns.CATALOGS, MetaDataOperation.GET_CATALOGS);
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle connection) {
    return list(connection, MetadataColumns.TABLE_TYPES, MetaDataOperation.GET_TABLE_TYPES);
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle connection) {
    return list(connection, MetadataColumns.TYPES, MetaDataOperation.GET_TYPE_INFO);
  }

  @Override
  public MetaResultSet getPrimaryKeys(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return list(
        connection,
        MetadataColumns.PRIMARY_KEYS,
        MetaDataOperation.GET_PRIMARY_KEYS,
        catalog,
        schema,
        table);
  }

  @Override
  public MetaResultSet getIndexInfo(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate) {
    return list(
        connection,
        MetadataColumns.INDEXES,
        MetaDataOperation.GET_INDEX_INFO,
        catalog,
        schema,
        table,
        unique,
        approximate);
  }

  @Override
  public MetaResultSet getBestRowIdentifier(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable) {
    return list(
        connection,
        MetadataColumns.ROW_IDENTIFIER,
        MetaDataOperation.GET_BEST_ROW_IDENTIFIER,
        catalog,
        schema,
        table);
  }

  @Override
  public MetaResultSet getFunctions(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat functionPattern) {
    return list(
        connection,
        MetadataColumns.FUNCTIONS,
        MetaDataOperation.GET_FUNCTIONS,
        catalog,
        schemaPattern.s,
        functionPattern.s);
  }

  @Override
  public MetaResultSet getFunctionColumns(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat functionPattern,
      Pat columnPattern) {
    return list(
        connection,
        MetadataColumns.FUNCTION_COLUMNS,
        MetaDataOperation.GET_FUNCTION_COLUMNS,
        catalog,
        schemaPattern.s,
        functionPattern.s,
        columnPattern.s);
  }

  @Override
  public MetaResultSet getTablePrivileges(
      ConnectionHandle connection, @Nullable String catalog, Pat schemaPattern, Pat tablePattern) {
    return list(
        connection,
        MetadataColumns.TABLE_PRIVILEGES,
        MetaDataOperation.GET_TABLE_PRIVILEGES,
        catalog,
        schemaPattern.s,
        tablePattern.s);
  }

  @Override
  public MetaResultSet getClientInfoProperties(ConnectionHandle connection) {
    return list(
        connection, MetadataColumns.CLIENT_INFO, MetaDataOperation.GET_CLIENT_INFO_PROPERTIES);
  }

  @Override
  public MetaResultSet getProcedures(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat procedurePattern) {
    return nothing(connection, MetadataColumns.PROCEDURES);
  }

  @Override
  public MetaResultSet getProcedureColumns(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat procedurePattern,
      Pat columnPattern) {
    return nothing(connection, MetadataColumns.PROCEDURE_COLUMNS);
  }

  @Override
  public MetaResultSet getColumnPrivileges(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      Pat columnPattern) {
    return nothing(connection, MetadataColumns.COLUMN_PRIVILEGES);
  }

  @Override
  public MetaResultSet getVersionColumns(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return nothing(connection, MetadataColumns.ROW_IDENTIFIER);
  }

  @Override
  public MetaResultSet getImportedKeys(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return nothing(connection, MetadataColumns.FOREIGN_KEYS);
  }

  @Override
  public MetaResultSet getExportedKeys(
      ConnectionHandle connection,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return nothing(connection, MetadataColumns.FOREIGN_KEYS);
  }

  @Override
  public MetaResultSet getCrossReference(
      ConnectionHandle connection,
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable) {
    return nothing(connection, MetadataColumns.FOREIGN_KEYS);
  }

  @Override
  public MetaResultSet getUDTs(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat typePattern,
      int @Nullable [] types) {
    return nothing(connection, MetadataColumns.USER_TYPES);
  }

  @Override
  public MetaResultSet getSuperTypes(
      ConnectionHandle connection, @Nullable String catalog, Pat schemaPattern, Pat typePattern) {
    return nothing(connection, MetadataColumns.SUPER_TYPES);
  }

  @Override
  public MetaResultSet getSuperTables(
      ConnectionHandle connection, @Nullable String catalog, Pat schemaPattern, Pat tablePattern) {
    return nothing(connection, MetadataColumns.SUPER_TABLES);
  }

  @Override
  public MetaResultSet getAttributes(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat typePattern,
      Pat attributePattern) {
    return nothing(connection, MetadataColumns.ATTRIBUTES);
  }

  @Override
  public MetaResultSet getPseudoColumns(
      ConnectionHandle connection,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat tablePattern,
      Pat columnPattern) {
    return nothing(connection, MetadataColumns.PSEUDO_COLUMNS);
  }
}

package io.quiver.sql.catalog;

import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import java.util.List;
import java.util.Locale;

/**
 * The tables of {@code information_schema}: those of the SQL standard that apply, and two about
 * indexes, which the standard does not know.
 */
enum InformationSchema {
  SCHEMATA("schema_name", "catalog_name", "schema_name", "schema_owner", "remarks"),
  TABLES(
      "table_schema, table_name",
      "table_catalog",
      "table_schema",
      "table_name",
      "table_type",
      "shards#",
      "shard_key",
      "remarks"),
  COLUMNS(
      "table_schema, table_name, ordinal_position",
      "table_catalog",
      "table_schema",
      "table_name",
      "column_name",
      "ordinal_position#",
      "column_default",
      "is_nullable",
      "data_type",
      "column_type",
      "character_maximum_length#",
      "numeric_precision#",
      "numeric_scale#",
      "datetime_precision#",
      "vector_dimension#",
      "vector_element",
      "is_hidden",
      "is_identity",
      "generation_expression",
      "remarks"),
  TABLE_CONSTRAINTS(
      "table_schema, table_name, constraint_name",
      "constraint_catalog",
      "constraint_schema",
      "constraint_name",
      "table_schema",
      "table_name",
      "constraint_type"),
  KEY_COLUMN_USAGE(
      "table_schema, table_name, constraint_name, ordinal_position",
      "constraint_catalog",
      "constraint_schema",
      "constraint_name",
      "table_schema",
      "table_name",
      "column_name",
      "ordinal_position#"),
  CHECK_CONSTRAINTS(
      "table_schema, table_name, constraint_name",
      "constraint_catalog",
      "constraint_schema",
      "constraint_name",
      "table_schema",
      "table_name",
      "check_clause"),
  INDEXES(
      "table_schema, table_name, index_name",
      "table_catalog",
      "table_schema",
      "table_name",
      "index_name",
      "index_type",
      "is_unique",
      "is_automatic",
      "metric",
      "options",
      "remarks"),
  INDEX_COLUMNS(
      "table_schema, table_name, index_name, ordinal_position",
      "table_catalog",
      "table_schema",
      "table_name",
      "index_name",
      "column_name",
      "ordinal_position#"),
  VIEWS(
      "table_schema, table_name",
      "table_catalog",
      "table_schema",
      "table_name",
      "view_definition",
      "check_option",
      "is_updatable",
      "remarks");

  static final String SCHEMA = "information_schema";

  private final String order;
  private final List<ColumnDefinition> columns;

  /**
   * @param order what its rows are sorted by
   * @param columns names; {@code #} marks an INTEGER, the others are VARCHAR
   */
  InformationSchema(String order, String... columns) {
    this.order = order;
    ColumnDefinition[] definitions = new ColumnDefinition[columns.length];
    for (int i = 0; i < columns.length; i++) {
      boolean number = columns[i].endsWith("#");
      definitions[i] =
          ColumnDefinition.of(
              i,
              number ? columns[i].substring(0, columns[i].length() - 1) : columns[i],
              SqlColumnType.Scalar.of(number ? ScalarType.INTEGER : ScalarType.VARCHAR),
              true);
    }
    this.columns = List.of(definitions);
  }

  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<ColumnDefinition> columns() {
    return columns;
  }

  /** What its rows are sorted by, as ORDER BY writes it. */
  String order() {
    return order;
  }
}

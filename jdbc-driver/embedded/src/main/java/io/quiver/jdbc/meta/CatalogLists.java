package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.SqlKind;
import io.quiver.planner.Session;
import io.quiver.planner.StatementRunner;
import java.sql.DatabaseMetaData;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JDBC's lists of what a database holds, from {@code information_schema}.
 *
 * <p>There are no catalogs: TABLE_CAT is null, and a catalog that is asked for by name has nothing
 * in it.
 */
final class CatalogLists {
  private final CatalogRows catalog;

  CatalogLists(StatementRunner runner, Session session) {
    this.catalog = new CatalogRows(runner, session);
  }

  private static boolean isNone(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty() || catalog.equals("%");
  }

  void checkSchema(String schema) {
    List<String> known =
        catalog.rows("schemata", "schema_name").stream().map(r -> r.text("schema_name")).toList();
    if (!known.contains(schema)) {
      throw Translation.problem(
          "3F000", 0, "Schema \"" + schema + "\" does not exist; there are " + known);
    }
  }

  MetadataTable schemas(@Nullable String catalogName, @Nullable String pattern) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.SCHEMAS);
    LikePattern like = new LikePattern(pattern);
    if (isNone(catalogName)) {
      catalog.rows("schemata", "schema_name").stream()
          .map(r -> r.text("schema_name"))
          .filter(like::matches)
          .sorted()
          .forEach(name -> answer.row(name, null));
    }
    return answer;
  }

  MetadataTable tables(
      @Nullable String catalogName,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable List<String> types) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.TABLES);
    Comparator<CatalogRow> order =
        Comparator.comparing((CatalogRow r) -> type(r))
            .thenComparing(r -> r.text("table_schema"))
            .thenComparing(r -> r.text("table_name"));
    if (isNone(catalogName)) {
      CatalogRows.matching(catalog.tableRows(), schemaPattern, tablePattern).stream()
          .filter(r -> types == null || types.contains(type(r)))
          .sorted(order)
          .forEach(
              r ->
                  answer.row(
                      null,
                      r.text("table_schema"),
                      r.text("table_name"),
                      type(r),
                      r.textOrNull("remarks"),
                      null,
                      null,
                      null,
                      null,
                      null));
    }
    return answer;
  }

  private static String type(CatalogRow table) {
    String type = table.text("table_type").toUpperCase(Locale.ROOT);
    if (type.startsWith("SYSTEM")) {
      return "SYSTEM TABLE";
    }
    return type.equals("BASE TABLE") ? "TABLE" : type;
  }

  MetadataTable columns(
      @Nullable String catalogName,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.COLUMNS);
    if (!isNone(catalogName)) {
      return answer;
    }
    LikePattern like = new LikePattern(columnPattern);
    Comparator<CatalogRow> order =
        Comparator.comparing((CatalogRow r) -> r.text("table_schema"))
            .thenComparing(r -> r.text("table_name"))
            .thenComparingInt(r -> r.number("ordinal_position"));
    Stream.concat(
            CatalogRows.matching(catalog.columnRows(), schemaPattern, tablePattern).stream(),
            catalog.viewColumnRows(schemaPattern, tablePattern).stream())
        .filter(r -> like.matches(r.text("column_name")))
        .sorted(order)
        .forEach(r -> addColumn(answer, r));
    return answer;
  }

  private static void addColumn(MetadataTable answer, CatalogRow column) {
    TypeText type = TypeText.of(column.text("column_type"));
    boolean nullable = column.truth("is_nullable");
    answer.row(
        null,
        column.text("table_schema"),
        column.text("table_name"),
        column.text("column_name"),
        type.kind().jdbcType(),
        type.plainName(),
        type.size(),
        null,
        type.digits(),
        type.radix(),
        nullable ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.textOrNull("remarks"),
        column.textOrNull("column_default"),
        null,
        null,
        type.kind() == SqlKind.VARCHAR ? type.size() : null,
        column.number("ordinal_position"),
        nullable ? "YES" : "NO",
        null,
        null,
        null,
        null,
        column.truth("is_identity") ? "YES" : "NO",
        column.textOrNull("generation_expression") == null ? "NO" : "YES");
  }

  MetadataTable primaryKeys(
      @Nullable String catalogName, @Nullable String schema, @Nullable String table) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.PRIMARY_KEYS);
    if (isNone(catalogName)) {
      catalog.keyColumns(schema, table).stream()
          .sorted(Comparator.comparing(r -> r.text("column_name")))
          .forEach(
              r ->
                  answer.row(
                      null,
                      r.text("table_schema"),
                      r.text("table_name"),
                      r.text("column_name"),
                      r.number("ordinal_position"),
                      r.textOrNull("constraint_name")));
    }
    return answer;
  }

  MetadataTable bestRowIdentifier(
      @Nullable String catalogName, @Nullable String schema, @Nullable String table) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.ROW_IDENTIFIER);
    if (!isNone(catalogName)) {
      return answer;
    }
    List<CatalogRow> columns = catalog.columnRows();
    for (CatalogRow key : catalog.keyColumns(schema, table)) {
      columns.stream()
          .filter(c -> c.isOf(key) && c.text("column_name").equals(key.text("column_name")))
          .map(c -> TypeText.of(c.text("column_type")))
          .forEach(
              type ->
                  answer.row(
                      DatabaseMetaData.bestRowSession,
                      key.text("column_name"),
                      type.kind().jdbcType(),
                      type.plainName(),
                      type.size(),
                      null,
                      type.digits(),
                      DatabaseMetaData.bestRowNotPseudo));
    }
    return answer;
  }

  MetadataTable indexes(
      @Nullable String catalogName,
      @Nullable String schema,
      @Nullable String table,
      boolean uniqueOnly) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.INDEXES);
    if (!isNone(catalogName)) {
      return answer;
    }
    List<CatalogRow> columns =
        CatalogRows.named(
            catalog.rows(
                "index_columns",
                "table_schema, table_name, index_name, column_name, ordinal_position"),
            schema,
            table);
    Comparator<CatalogRow> order =
        Comparator.comparing((CatalogRow r) -> !r.truth("is_unique"))
            .thenComparing(r -> r.text("index_name"));
    CatalogRows.named(
            catalog.rows("indexes", "table_schema, table_name, index_name, is_unique, index_type"),
            schema,
            table)
        .stream()
        .filter(index -> !uniqueOnly || index.truth("is_unique"))
        .sorted(order)
        .forEach(index -> addIndex(answer, index, columns));
    return answer;
  }

  private static void addIndex(MetadataTable answer, CatalogRow index, List<CatalogRow> columns) {
    short type =
        index.text("index_type").equalsIgnoreCase("HASH")
            ? DatabaseMetaData.tableIndexHashed
            : DatabaseMetaData.tableIndexOther;
    boolean sorted = index.text("index_type").equalsIgnoreCase("BTREE");
    columns.stream()
        .filter(c -> c.isOf(index) && c.text("index_name").equals(index.text("index_name")))
        .sorted(Comparator.comparingInt(c -> c.number("ordinal_position")))
        .forEach(
            c ->
                answer.row(
                    null,
                    index.text("table_schema"),
                    index.text("table_name"),
                    !index.truth("is_unique"),
                    null,
                    index.text("index_name"),
                    (int) type,
                    c.number("ordinal_position"),
                    c.textOrNull("column_name"),
                    sorted ? "A" : null,
                    0,
                    0,
                    null));
  }
}

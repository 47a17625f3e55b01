package io.quiver.jdbc.meta;

import io.quiver.engine.search.StopSignal;
import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.SqlKind;
import io.quiver.planner.Prepared;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.RowCursor;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JDBC's lists of what a database holds, from {@code information_schema}.
 *
 * <p>The catalog is small and JDBC's patterns are not SQL's, so whole tables are read and sifted
 * here. There are no catalogs: TABLE_CAT is null, and a catalog that is asked for by name has
 * nothing in it.
 */
final class CatalogLists {
  private final StatementRunner runner;
  private final Session session;

  CatalogLists(StatementRunner runner, Session session) {
    this.runner = runner;
    this.session = session;
  }

  /** A row of a table of the catalog. */
  private record Row(Map<String, @Nullable Object> values) {
    String text(String column) {
      Object value = values.get(column);
      return value == null ? "" : value.toString();
    }

    @Nullable String textOrNull(String column) {
      Object value = values.get(column);
      return value == null ? null : value.toString();
    }

    int number(String column) {
      return values.get(column) instanceof Number number ? number.intValue() : 0;
    }

    boolean truth(String column) {
      String text = text(column).toUpperCase(Locale.ROOT);
      return text.equals("TRUE") || text.equals("YES");
    }

    boolean isOf(Row table) {
      return text("table_schema").equals(table.text("table_schema"))
          && text("table_name").equals(table.text("table_name"));
    }
  }

  private List<Row> rows(String table, String columns) {
    Prepared query =
        runner.prepare(session, "SELECT " + columns + " FROM information_schema." + table);
    StatementResult result = runner.execute(session, query, new Object[0], StopSignal.NEVER);
    List<Row> rows = new ArrayList<>();
    if (result instanceof StatementResult.Rows found) {
      try (RowCursor cursor = found.cursor()) {
        while (cursor.next()) {
          rows.add(row(query.columns(), cursor.row()));
        }
      }
    }
    return rows;
  }

  private static Row row(List<ResultColumn> columns, @Nullable Object[] values) {
    Map<String, @Nullable Object> named = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(columns.get(i).label().toLowerCase(Locale.ROOT), values[i]);
    }
    return new Row(named);
  }

  private static boolean isNone(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty() || catalog.equals("%");
  }

  void checkSchema(String schema) {
    List<String> known =
        rows("schemata", "schema_name").stream().map(r -> r.text("schema_name")).toList();
    if (!known.contains(schema)) {
      throw Translation.problem(
          "3F000", 0, "Schema \"" + schema + "\" does not exist; there are " + known);
    }
  }

  MetadataTable schemas(@Nullable String catalog, @Nullable String pattern) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.SCHEMAS);
    LikePattern like = new LikePattern(pattern);
    if (isNone(catalog)) {
      rows("schemata", "schema_name").stream()
          .map(r -> r.text("schema_name"))
          .filter(like::matches)
          .sorted()
          .forEach(name -> answer.row(name, null));
    }
    return answer;
  }

  MetadataTable tables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable List<String> types) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.TABLES);
    Comparator<Row> order =
        Comparator.comparing((Row r) -> type(r))
            .thenComparing(r -> r.text("table_schema"))
            .thenComparing(r -> r.text("table_name"));
    if (isNone(catalog)) {
      matching(tableRows(), schemaPattern, tablePattern).stream()
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

  private List<Row> tableRows() {
    return rows("tables", "table_schema, table_name, table_type, remarks");
  }

  private static List<Row> matching(
      List<Row> rows, @Nullable String schemaPattern, @Nullable String tablePattern) {
    LikePattern schemas = new LikePattern(schemaPattern);
    LikePattern tables = new LikePattern(tablePattern);
    return rows.stream()
        .filter(r -> schemas.matches(r.text("table_schema")))
        .filter(r -> tables.matches(r.text("table_name")))
        .toList();
  }

  private static String type(Row table) {
    String type = table.text("table_type").toUpperCase(Locale.ROOT);
    if (type.startsWith("SYSTEM")) {
      return "SYSTEM TABLE";
    }
    return type.equals("BASE TABLE") ? "TABLE" : type;
  }

  MetadataTable columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.COLUMNS);
    if (!isNone(catalog)) {
      return answer;
    }
    LikePattern like = new LikePattern(columnPattern);
    Comparator<Row> order =
        Comparator.comparing((Row r) -> r.text("table_schema"))
            .thenComparing(r -> r.text("table_name"))
            .thenComparingInt(r -> r.number("ordinal_position"));
    matching(columnRows(), schemaPattern, tablePattern).stream()
        .filter(r -> like.matches(r.text("column_name")))
        .sorted(order)
        .forEach(r -> addColumn(answer, r));
    return answer;
  }

  private List<Row> columnRows() {
    return rows(
        "columns",
        "table_schema, table_name, column_name, ordinal_position, column_type, is_nullable,"
            + " column_default, remarks");
  }

  private static void addColumn(MetadataTable answer, Row column) {
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
        "NO",
        "NO");
  }

  MetadataTable primaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.PRIMARY_KEYS);
    if (isNone(catalog)) {
      keyColumns(schema, table).stream()
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

  /** Columns of the primary key of tables so named; null names any. */
  private List<Row> keyColumns(@Nullable String schema, @Nullable String table) {
    List<Row> keys =
        named(
            rows("table_constraints", "constraint_name, table_schema, table_name, constraint_type"),
            schema,
            table);
    List<Row> primary =
        keys.stream().filter(r -> r.text("constraint_type").equals("PRIMARY KEY")).toList();
    return named(
            rows(
                "key_column_usage",
                "constraint_name, table_schema, table_name, column_name, ordinal_position"),
            schema,
            table)
        .stream()
        .filter(
            column ->
                primary.stream()
                    .anyMatch(
                        key ->
                            column.isOf(key)
                                && key.text("constraint_name")
                                    .equals(column.text("constraint_name"))))
        .toList();
  }

  private static List<Row> named(List<Row> rows, @Nullable String schema, @Nullable String table) {
    return rows.stream()
        .filter(r -> schema == null || schema.isEmpty() || schema.equals(r.text("table_schema")))
        .filter(r -> table == null || table.equals(r.text("table_name")))
        .toList();
  }

  MetadataTable bestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.ROW_IDENTIFIER);
    if (!isNone(catalog)) {
      return answer;
    }
    List<Row> columns = columnRows();
    for (Row key : keyColumns(schema, table)) {
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
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean uniqueOnly) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.INDEXES);
    if (!isNone(catalog)) {
      return answer;
    }
    List<Row> columns =
        named(
            rows(
                "index_columns",
                "table_schema, table_name, index_name, column_name, ordinal_position"),
            schema,
            table);
    Comparator<Row> order =
        Comparator.comparing((Row r) -> !r.truth("is_unique"))
            .thenComparing(r -> r.text("index_name"));
    named(
            rows("indexes", "table_schema, table_name, index_name, is_unique, index_type"),
            schema,
            table)
        .stream()
        .filter(index -> !uniqueOnly || index.truth("is_unique"))
        .sorted(order)
        .forEach(index -> addIndex(answer, index, columns));
    return answer;
  }

  private static void addIndex(MetadataTable answer, Row index, List<Row> columns) {
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

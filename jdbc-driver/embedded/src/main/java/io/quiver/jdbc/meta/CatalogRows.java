package io.quiver.jdbc.meta;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.Prepared;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.RowCursor;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import io.quiver.sql.parser.QuotedName;
import io.quiver.sql.problem.SqlProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code information_schema}. The catalog is small and JDBC's patterns are not SQL's, so
 * whole tables are read and sifted here.
 */
final class CatalogRows {
  private final StatementRunner runner;
  private final Session session;

  CatalogRows(StatementRunner runner, Session session) {
    this.runner = runner;
    this.session = session;
  }

  /** All rows of a table of the catalog. */
  List<CatalogRow> rows(String table, String columns) {
    Prepared query =
        runner.prepare(session, "SELECT " + columns + " FROM information_schema." + table);
    StatementResult result = runner.execute(session, query, new Object[0], StopSignal.NEVER);
    List<CatalogRow> rows = new ArrayList<>();
    if (result instanceof StatementResult.Rows found) {
      try (RowCursor cursor = found.cursor()) {
        while (cursor.next()) {
          rows.add(row(query.columns(), cursor.row()));
        }
      }
    }
    return rows;
  }

  private static CatalogRow row(List<ResultColumn> columns, @Nullable Object[] values) {
    Map<String, @Nullable Object> named = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(columns.get(i).label().toLowerCase(Locale.ROOT), values[i]);
    }
    return new CatalogRow(named);
  }

  /** Those whose schema and table fit JDBC's patterns. */
  static List<CatalogRow> matching(
      List<CatalogRow> rows, @Nullable String schemaPattern, @Nullable String tablePattern) {
    LikePattern schemas = new LikePattern(schemaPattern);
    LikePattern tables = new LikePattern(tablePattern);
    return rows.stream()
        .filter(r -> schemas.matches(r.text("table_schema")))
        .filter(r -> tables.matches(r.text("table_name")))
        .toList();
  }

  /** Those of tables so named; null names any, and no schema any too. */
  static List<CatalogRow> named(
      List<CatalogRow> rows, @Nullable String schema, @Nullable String table) {
    return rows.stream()
        .filter(r -> schema == null || schema.isEmpty() || schema.equals(r.text("table_schema")))
        .filter(r -> table == null || table.equals(r.text("table_name")))
        .toList();
  }

  List<CatalogRow> tableRows() {
    return rows("tables", "table_schema, table_name, table_type, remarks");
  }

  List<CatalogRow> columnRows() {
    return rows(
        "columns",
        "table_schema, table_name, column_name, ordinal_position, column_type, is_nullable,"
            + " column_default, is_identity, generation_expression, remarks");
  }

  /**
   * Columns of the views whose schema and table fit, as a query of each has them. A view that the
   * session may not query, or that no longer fits its tables, has none.
   */
  List<CatalogRow> viewColumnRows(@Nullable String schemaPattern, @Nullable String tablePattern) {
    List<CatalogRow> rows = new ArrayList<>();
    for (CatalogRow view :
        matching(rows("views", "table_schema, table_name"), schemaPattern, tablePattern)) {
      List<ResultColumn> columns = columnsOf(view);
      for (int i = 0; i < columns.size(); i++) {
        ResultColumn column = columns.get(i);
        Map<String, @Nullable Object> named = new HashMap<>(view.values());
        named.put("column_name", column.label());
        named.put("ordinal_position", i + 1);
        named.put("column_type", column.type().name());
        named.put("is_nullable", column.nullable() ? "YES" : "NO");
        rows.add(new CatalogRow(named));
      }
    }
    return rows;
  }

  private List<ResultColumn> columnsOf(CatalogRow view) {
    String name =
        QuotedName.of(view.text("table_schema")) + "." + QuotedName.of(view.text("table_name"));
    try {
      return runner.prepare(session, "SELECT * FROM " + name).columns();
    } catch (SqlProblemException e) {
      return List.of();
    }
  }

  /** Columns of the primary key of tables so named; null names any. */
  List<CatalogRow> keyColumns(@Nullable String schema, @Nullable String table) {
    List<CatalogRow> keys =
        named(
            rows("table_constraints", "constraint_name, table_schema, table_name, constraint_type"),
            schema,
            table);
    List<CatalogRow> primary =
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
}

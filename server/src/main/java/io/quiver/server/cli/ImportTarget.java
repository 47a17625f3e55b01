package io.quiver.server.cli;

import io.quiver.sql.parser.QuotedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table that rows are put into.
 *
 * @param schema empty for the one the connection uses
 * @param types name of the SQL type by name of the column
 */
record ImportTarget(String schema, String table, Map<String, String> types) {
  /** Splits {@code schema.table}; names are lower case unless in quotes. */
  static ImportTarget named(String written) {
    int dot = written.startsWith("\"") ? written.indexOf("\".") + 1 : written.indexOf('.');
    return dot <= 0
        ? new ImportTarget("", name(written), Map.of())
        : new ImportTarget(
            name(written.substring(0, dot)), name(written.substring(dot + 1)), Map.of());
  }

  /** The same with its columns, if the database has such a table. */
  Optional<ImportTarget> find(Connection connection) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    String inSchema = schema.isEmpty() ? connection.getSchema() : schema;
    try (ResultSet found =
        connection.getMetaData().getColumns(null, literally(inSchema), literally(table), "%")) {
      while (found.next()) {
        columns.put(found.getString("COLUMN_NAME"), found.getString("TYPE_NAME"));
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new ImportTarget(schema, table, columns));
  }

  /** The column a name means: in the same letters, or else in letters of another case. */
  Optional<String> column(String name) {
    return types.containsKey(name)
        ? Optional.of(name)
        : types.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  /** The name as SQL writes it. */
  String sqlName() {
    String quoted = QuotedName.of(table);
    return schema.isEmpty() ? quoted : QuotedName.of(schema) + '.' + quoted;
  }

  /** The statement that puts a row of these columns, all of them parameters. */
  String put(List<String> columns, boolean replace) {
    return (replace ? "UPSERT INTO " : "INSERT INTO ")
        + sqlName()
        + columns.stream().map(QuotedName::of).collect(Collectors.joining(", ", " (", ")"))
        + columns.stream().map(column -> "?").collect(Collectors.joining(", ", " VALUES (", ")"));
  }

  private static String name(String written) {
    return written.startsWith("\"")
        ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
        : written.toLowerCase(Locale.ROOT);
  }

  /** A name as a pattern that fits nothing else. */
  private static String literally(String name) {
    return name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
  }
}

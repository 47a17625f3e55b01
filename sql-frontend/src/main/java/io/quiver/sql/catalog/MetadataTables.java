package io.quiver.sql.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The information schema as tables of a private H2 in memory, which nothing but this class reaches:
 * no statement of a user is ever run in it.
 *
 * <p>A view of the definitions, not their store. It is made when it is first asked for, and brought
 * up to date when it is asked again after a change. Safe for use by many threads, one at a time.
 */
final class MetadataTables implements AutoCloseable {
  private static final String URL =
      "jdbc:h2:mem:;DATABASE_TO_UPPER=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  private @Nullable Connection connection;
  private CatalogSnapshot shown = CatalogSnapshot.empty();
  private List<SystemTable> listed = List.of();

  /** Lists further system tables beside those of the information schema. */
  synchronized void list(List<SystemTable> more) {
    List<SystemTable> all = new ArrayList<>(listed);
    all.addAll(more);
    listed = List.copyOf(all);
  }

  /** Rows of a table as of these definitions. */
  synchronized List<@Nullable Object[]> rows(InformationSchema table, CatalogSnapshot definitions) {
    try {
      Connection h2 = open();
      if (definitions != shown) {
        update(h2, definitions);
      }
      return read(h2, table);
    } catch (SQLException e) {
      throw new IllegalStateException("Catalog cannot be read: " + table.tableName(), e);
    }
  }

  private Connection open() throws SQLException {
    if (connection != null) {
      return connection;
    }
    Connection h2 = DriverManager.getConnection(URL);
    h2.setAutoCommit(false);
    try (Statement statement = h2.createStatement()) {
      for (InformationSchema table : InformationSchema.values()) {
        statement.execute(createTable(table));
      }
      statement.execute("CREATE INDEX columns_by_table ON columns (table_schema, table_name)");
    }
    insert(h2, MetadataRows.ofInformationSchema());
    insert(h2, MetadataRows.ofSystemTables(listed));
    for (String schema : shown.schemas()) {
      insert(h2, MetadataRows.ofSchema(schema, commentOf(schema, shown)));
    }
    h2.commit();
    connection = h2;
    return h2;
  }

  private static String commentOf(String schema, CatalogSnapshot definitions) {
    return definitions.schemaComments().getOrDefault(schema, "");
  }

  private boolean isSame(String schema, CatalogSnapshot definitions) {
    return shown.schemas().contains(schema)
        && definitions.schemas().contains(schema)
        && commentOf(schema, shown).equals(commentOf(schema, definitions));
  }

  private static String createTable(InformationSchema table) {
    StringJoiner columns = new StringJoiner(", ", "CREATE TABLE " + table.tableName() + " (", ")");
    for (ColumnDefinition column : table.columns()) {
      columns.add(column.name() + " " + column.type().sql());
    }
    return columns.toString();
  }

  /** Only what differs from what is shown is deleted and written. */
  private void update(Connection h2, CatalogSnapshot definitions) throws SQLException {
    for (String schema : shown.schemas()) {
      if (!isSame(schema, definitions)) {
        delete(h2, InformationSchema.SCHEMATA, "schema_name = ?", schema);
      }
    }
    for (String schema : definitions.schemas()) {
      if (!isSame(schema, definitions)) {
        insert(h2, MetadataRows.ofSchema(schema, commentOf(schema, definitions)));
      }
    }
    for (TableDefinition table : shown.tables().values()) {
      if (!table.equals(definitions.table(table.schema(), table.name()).orElse(null))) {
        deleteTable(h2, table.schema(), table.name());
      }
    }
    for (ViewDefinition view : shown.views().values()) {
      if (!view.equals(definitions.view(view.schema(), view.name()).orElse(null))) {
        deleteTable(h2, view.schema(), view.name());
      }
    }
    for (TableDefinition table : definitions.tables().values()) {
      if (!table.equals(shown.table(table.schema(), table.name()).orElse(null))) {
        insert(h2, MetadataRows.ofTable(table));
      }
    }
    for (ViewDefinition view : definitions.views().values()) {
      if (!view.equals(shown.view(view.schema(), view.name()).orElse(null))) {
        insert(h2, MetadataRows.ofView(view));
      }
    }
    h2.commit();
    shown = definitions;
  }

  private static void deleteTable(Connection h2, String schema, String name) throws SQLException {
    for (InformationSchema table : InformationSchema.values()) {
      if (table != InformationSchema.SCHEMATA) {
        delete(h2, table, "table_schema = ? AND table_name = ?", schema, name);
      }
    }
  }

  private static void delete(
      Connection h2, InformationSchema table, String condition, String... values)
      throws SQLException {
    try (PreparedStatement statement =
        h2.prepareStatement("DELETE FROM " + table.tableName() + " WHERE " + condition)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static void insert(Connection h2, List<MetadataRows.Row> rows) throws SQLException {
    for (InformationSchema table : InformationSchema.values()) {
      List<MetadataRows.Row> own = rows.stream().filter(row -> row.table() == table).toList();
      if (!own.isEmpty()) {
        insert(h2, table, own);
      }
    }
  }

  private static void insert(Connection h2, InformationSchema table, List<MetadataRows.Row> rows)
      throws SQLException {
    int count = table.columns().size();
    String values = String.join(", ", Collections.nCopies(count, "?"));
    try (PreparedStatement statement =
        h2.prepareStatement("INSERT INTO " + table.tableName() + " VALUES (" + values + ")")) {
      for (MetadataRows.Row row : rows) {
        for (int i = 0; i < count; i++) {
          statement.setObject(i + 1, row.values().get(i).orElse(null));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static List<@Nullable Object[]> read(Connection h2, InformationSchema table)
      throws SQLException {
    int count = table.columns().size();
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (Statement statement = h2.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT * FROM " + table.tableName() + " ORDER BY " + table.order())) {
      while (result.next()) {
        @Nullable Object[] row = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
          row[i] = result.getObject(i + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("Catalog cannot be closed", e);
      }
      connection = null;
    }
  }
}

package io.quiver.planner;

import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * System tables for a session that does not see everything: rows about tables that it sees, its own
 * settings and keys. A table that says of no row which table it is about is left out.
 */
final class SeenTables {
  private static final Set<String> OWN = Set.of("settings", "api_keys");

  private SeenTables() {}

  static List<SystemTable> of(List<SystemTable> all, CatalogSnapshot seen) {
    List<SystemTable> tables = new ArrayList<>();
    for (SystemTable table : all) {
      List<String> columns = table.columns().stream().map(ColumnDefinition::name).toList();
      int schema = columns.indexOf("table_schema");
      int name = columns.indexOf("table_name");
      int schemata = columns.indexOf("schema_name");
      if (OWN.contains(table.name())) {
        tables.add(table);
      } else if (!table.schema().equals("information_schema")) {
        continue;
      } else if (schema >= 0 && name >= 0) {
        tables.add(
            with(
                table,
                row -> isSeen(seen, String.valueOf(row[schema]), String.valueOf(row[name]))));
      } else if (schemata >= 0) {
        tables.add(
            with(
                table,
                row ->
                    seen.schemas().contains(String.valueOf(row[schemata]))
                        || row[schemata] != null && row[schemata].equals("information_schema")));
      }
    }
    return tables;
  }

  private interface RowTest {
    boolean shows(@Nullable Object[] row);
  }

  private static boolean isSeen(CatalogSnapshot seen, String schema, String name) {
    return schema.equals("information_schema")
        || seen.table(schema, name).isPresent()
        || seen.view(schema, name).isPresent();
  }

  private static SystemTable with(SystemTable table, RowTest test) {
    return new SystemTable(
        table.schema(),
        table.name(),
        table.columns(),
        viewer -> table.rows().seenBy(viewer).stream().filter(test::shows).toList());
  }
}

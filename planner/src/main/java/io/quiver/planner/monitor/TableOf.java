package io.quiver.planner.monitor;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.SystemTable;
import java.util.ArrayList;
import java.util.List;

/** Builds a table of schema {@code quiver}, column by column. */
final class TableOf {
  static final String SCHEMA = "quiver";

  private final String name;
  private final List<ColumnDefinition> columns = new ArrayList<>();

  TableOf(String name) {
    this.name = name;
  }

  TableOf text(String... names) {
    return columns(ScalarType.VARCHAR, names);
  }

  TableOf whole(String... names) {
    return columns(ScalarType.BIGINT, names);
  }

  TableOf number(String... names) {
    return columns(ScalarType.DOUBLE, names);
  }

  TableOf truth(String... names) {
    return columns(ScalarType.BOOLEAN, names);
  }

  private TableOf columns(ScalarType type, String... names) {
    for (String each : names) {
      columns.add(ColumnDefinition.of(columns.size(), each, SqlColumnType.Scalar.of(type), true));
    }
    return this;
  }

  SystemTable rows(SystemTable.Rows rows) {
    return new SystemTable(SCHEMA, name, columns, rows);
  }
}

package io.quiver.sql.catalog;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are computed when they are asked for.
 *
 * @param schema such as {@code information_schema}
 * @param rows one value a column, in the engine's classes
 */
public record SystemTable(
    String schema,
    String name,
    List<ColumnDefinition> columns,
    Supplier<List<@Nullable Object[]>> rows) {
  public SystemTable {
    columns = List.copyOf(columns);
  }
}

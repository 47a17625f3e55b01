package io.quiver.sql.catalog;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are computed when they are asked for.
 *
 * @param schema such as {@code information_schema}
 * @param rows one value a column, in the engine's classes, as the one who asks may see them
 */
public record SystemTable(
    String schema,
    String name,
    List<ColumnDefinition> columns,
    Function<Viewer, List<@Nullable Object[]>> rows) {
  /** Who asks for the rows: a session, of which the layer above knows more. */
  public interface Viewer {
    String user();
  }

  public SystemTable {
    columns = List.copyOf(columns);
  }
}

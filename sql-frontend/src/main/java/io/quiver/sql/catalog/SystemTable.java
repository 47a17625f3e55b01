package io.quiver.sql.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are computed when they are asked for.
 *
 * @param schema such as {@code information_schema}
 * @param rows one value a column, in the engine's classes, as the one who asks may see them
 */
public record SystemTable(String schema, String name, List<ColumnDefinition> columns, Rows rows) {
  /** Who asks for the rows: a session, of which the layer above knows more. */
  public interface Viewer {
    String user();
  }

  /** Gives the rows as they are now. */
  @FunctionalInterface
  public interface Rows {
    List<@Nullable Object[]> seenBy(Viewer viewer);
  }

  public SystemTable {
    columns = List.copyOf(columns);
  }
}

package io.quiver.sql.catalog;

import java.util.List;

/**
 * A view.
 *
 * @param columns names given to its columns, empty to keep the query's
 * @param query the text of its query
 * @param path the schema names in the query are looked up in
 */
public record ViewDefinition(
    String schema, String name, List<String> columns, String query, String path, String comment) {
  public ViewDefinition {
    columns = List.copyOf(columns);
  }
}

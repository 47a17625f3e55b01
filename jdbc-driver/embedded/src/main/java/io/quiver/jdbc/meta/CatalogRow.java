package io.quiver.jdbc.meta;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a table of {@code information_schema}, by the names of its columns. */
record CatalogRow(Map<String, @Nullable Object> values) {
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

  boolean isOf(CatalogRow table) {
    return text("table_schema").equals(table.text("table_schema"))
        && text("table_name").equals(table.text("table_name"));
  }
}

package io.quiver.planner.transfer;

import io.quiver.sql.parser.QuotedName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table that would hold the rows of a file, from looking at the first of them.
 *
 * @param types SQL type by field, in the order of the file
 */
public record TableGuess(Map<String, String> types) {
  /** Looks at up to {@code rows} rows; bad ones are passed over. */
  public static TableGuess of(RowReader reader, int rows) throws IOException {
    Map<String, ColumnKind> kinds = new LinkedHashMap<>();
    for (int seen = 0; seen < rows; seen++) {
      SourceRow row;
      try {
        row = reader.next();
      } catch (BadRowException bad) {
        // Told by whoever loads the rows.
        continue;
      }
      if (row == null) {
        break;
      }
      row.values()
          .forEach(
              (field, value) ->
                  kinds.merge(
                      field,
                      reader.isText() ? ColumnKind.ofText((String) value) : ColumnKind.of(value),
                      ColumnKind::or));
    }
    Map<String, String> types = new LinkedHashMap<>();
    kinds.forEach((field, kind) -> types.put(field, kind.sqlType()));
    return new TableGuess(types);
  }

  public TableGuess {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** The same with some types said rather than guessed. */
  public TableGuess with(Map<String, String> said) {
    Map<String, String> all = new LinkedHashMap<>(types);
    said.forEach((field, type) -> all.replace(field, type));
    return new TableGuess(all);
  }

  /** The name of a field's column: lower case, so that it can be written without quotes. */
  public static String columnName(String field) {
    return field.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The CREATE TABLE statement.
   *
   * @param table as SQL writes it
   * @param key field that is the primary key; null for a table without one
   */
  public String createTable(String table, @Nullable String key) {
    List<String> columns = new ArrayList<>();
    types.forEach(
        (field, type) ->
            columns.add(
                QuotedName.of(columnName(field))
                    + ' '
                    + type
                    + (field.equals(key) ? " NOT NULL PRIMARY KEY" : "")));
    return "CREATE TABLE " + table + " (" + String.join(", ", columns) + ")";
  }
}

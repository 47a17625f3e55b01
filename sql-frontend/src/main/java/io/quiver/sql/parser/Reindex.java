package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/**
 * {@code REINDEX INDEX name} or {@code REINDEX TABLE name}.
 *
 * @param table whether it names a table, all of whose indexes are meant
 */
public record Reindex(SqlIdentifier name, boolean table) implements Command {
  @Override
  public String statementName() {
    return "REINDEX";
  }
}

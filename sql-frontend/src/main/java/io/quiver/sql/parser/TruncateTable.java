package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code TRUNCATE [TABLE] name}. */
public record TruncateTable(SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "TRUNCATE";
  }
}

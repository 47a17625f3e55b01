package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code SAVEPOINT name}. */
public record Savepoint(SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "SAVEPOINT";
  }
}

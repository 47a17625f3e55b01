package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code RELEASE [SAVEPOINT] name}. */
public record ReleaseSavepoint(SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "RELEASE SAVEPOINT";
  }
}

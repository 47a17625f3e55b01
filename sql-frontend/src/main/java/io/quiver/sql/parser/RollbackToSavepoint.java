package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code ROLLBACK TO [SAVEPOINT] name}. */
public record RollbackToSavepoint(SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "ROLLBACK TO SAVEPOINT";
  }
}

package io.quiver.sql.parser;

/** {@code ROLLBACK}. */
public record RollbackTransaction() implements Command {
  @Override
  public String statementName() {
    return "ROLLBACK";
  }
}

package io.quiver.sql.parser;

/** {@code COMMIT}. */
public record CommitTransaction() implements Command {
  @Override
  public String statementName() {
    return "COMMIT";
  }
}

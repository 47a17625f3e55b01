package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code DROP VIEW [IF EXISTS] name}. */
public record DropView(SqlIdentifier name, boolean ifExists) implements Command {
  @Override
  public String statementName() {
    return "DROP VIEW";
  }
}

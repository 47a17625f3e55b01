package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code DROP FUNCTION [IF EXISTS] name}. */
public record DropFunction(SqlIdentifier name, boolean ifExists) implements Command {
  @Override
  public String statementName() {
    return "DROP FUNCTION";
  }
}

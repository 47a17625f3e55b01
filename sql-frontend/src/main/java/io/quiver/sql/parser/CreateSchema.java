package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code CREATE SCHEMA [IF NOT EXISTS] name}. */
public record CreateSchema(SqlIdentifier name, boolean ifNotExists) implements Command {
  @Override
  public String statementName() {
    return "CREATE SCHEMA";
  }
}

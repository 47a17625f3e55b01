package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code DROP SCHEMA [IF EXISTS] name [CASCADE|RESTRICT]}. */
public record DropSchema(SqlIdentifier name, boolean ifExists, boolean cascade) implements Command {
  @Override
  public String statementName() {
    return "DROP SCHEMA";
  }
}

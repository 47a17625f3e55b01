package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code USE [SCHEMA] name}. */
public record UseSchema(SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "USE";
  }
}

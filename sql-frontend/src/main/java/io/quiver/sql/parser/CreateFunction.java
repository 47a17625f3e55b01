package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/**
 * {@code CREATE [OR REPLACE] FUNCTION [IF NOT EXISTS] name AS 'package.Class.method'}.
 *
 * @param method of a library on the class path
 */
public record CreateFunction(
    SqlIdentifier name, boolean replace, boolean ifNotExists, String method) implements Command {
  @Override
  public String statementName() {
    return "CREATE FUNCTION";
  }
}

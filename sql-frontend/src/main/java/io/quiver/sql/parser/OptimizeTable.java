package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code OPTIMIZE TABLE name}. */
public record OptimizeTable(SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "OPTIMIZE TABLE";
  }
}

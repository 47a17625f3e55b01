package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;

/** {@code DROP TABLE [IF EXISTS] name [CASCADE|RESTRICT]}. */
public record DropTable(SqlIdentifier name, boolean ifExists, boolean cascade) implements Command {
  @Override
  public String statementName() {
    return "DROP TABLE";
  }
}

package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** {@code DROP INDEX [CONCURRENTLY] [IF EXISTS] name [ON table]}. */
public record DropIndex(SqlIdentifier name, @Nullable SqlIdentifier table, boolean ifExists)
    implements Command {
  @Override
  public String statementName() {
    return "DROP INDEX";
  }
}

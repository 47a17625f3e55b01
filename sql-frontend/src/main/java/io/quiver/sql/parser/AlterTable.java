package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** {@code ALTER TABLE [IF EXISTS] name change, ...}. */
public record AlterTable(SqlIdentifier name, boolean ifExists, List<TableChange> changes)
    implements Command {
  public AlterTable {
    changes = List.copyOf(changes);
  }

  @Override
  public String statementName() {
    return "ALTER TABLE";
  }
}

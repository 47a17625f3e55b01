package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER INDEX [IF EXISTS] name SET (options)} or {@code RENAME TO}.
 *
 * @param newName null unless it renames
 */
public record AlterIndex(
    SqlIdentifier name,
    boolean ifExists,
    @Nullable SqlIdentifier newName,
    List<OptionClause> options)
    implements Command {
  public AlterIndex {
    options = List.copyOf(options);
  }

  @Override
  public String statementName() {
    return "ALTER INDEX";
  }
}

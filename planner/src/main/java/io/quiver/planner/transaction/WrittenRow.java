package io.quiver.planner.transaction;

import io.quiver.engine.WriteConflictException;
import io.quiver.planner.KeyText;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.List;
import java.util.Optional;

/** The row that two transactions wrote, in words of SQL. */
final class WrittenRow {
  private WrittenRow() {}

  /**
   * What the other one did; empty if the conflict is not about a row of these tables.
   *
   * @param tables that the refused transaction wrote to
   */
  static Optional<String> of(WriteConflictException conflict, List<TableDefinition> tables) {
    for (TableDefinition table : tables) {
      if (table.collection().name().equals(conflict.collection())) {
        return Optional.of("it wrote the row" + with(table, table.primaryKey(), conflict.key()));
      }
      for (UniqueDefinition unique : table.uniques()) {
        if (unique.collection() != 0
            && table.entries(unique).name().equals(conflict.collection())) {
          return Optional.of(
              "it wrote a row"
                  + with(table, unique.columns(), conflict.key())
                  + ", of which constraint \""
                  + unique.name()
                  + "\" allows one");
        }
      }
    }
    return Optional.empty();
  }

  private static String with(TableDefinition table, List<String> columns, Object[] key) {
    return " of table \"" + table.name() + "\" with " + KeyText.of(columns, key);
  }
}

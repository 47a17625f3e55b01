package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT ... ON CONFLICT [(columns)] DO NOTHING | DO UPDATE SET ... [WHERE ...]} or {@code
 * INSERT ... ON DUPLICATE KEY UPDATE ...}.
 *
 * <p>In assignments and the condition {@code excluded.c} is the value that could not be inserted;
 * {@code VALUES(c)} of MySQL reads as the same.
 *
 * @param target columns that identify the row; empty for the primary key
 */
public record InsertOnConflict(SqlInsert insert, List<SqlIdentifier> target, Action action)
    implements Command {
  public InsertOnConflict {
    target = List.copyOf(target);
  }

  /** What to do with a row that is there already. */
  public sealed interface Action {}

  /** Leaves it as it is. */
  public record DoNothing() implements Action {}

  /**
   * Changes it.
   *
   * @param where rows for which it does not hold stay as they are; null for all
   */
  public record DoUpdate(List<Assignment> assignments, @Nullable SqlNode where) implements Action {
    public DoUpdate {
      assignments = List.copyOf(assignments);
    }
  }

  @Override
  public String statementName() {
    return "INSERT";
  }
}

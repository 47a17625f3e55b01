package io.quiver.planner.write;

import io.quiver.engine.Snapshot;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.write.WriteBatch;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.validate.CatalogTable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a write to the rows that its session may see: each row it puts must be one afterwards, and
 * each it changes or deletes must have been one before.
 *
 * <p>Looks at what is about to be committed, by whatever statement it came about.
 *
 * @param condition over the table's fields; empty where no policy guards the table
 */
record RowGuard(CatalogTable table, Optional<Evaluator> condition) {
  /** What holds a write to what its user may do; refuses it where that is nothing. */
  static RowGuard of(WriteTarget target, RowChanges changes, Planning planning) {
    CatalogTable table = target.fields();
    Set<Privilege> needed = changes.privileges();
    needed.removeAll(table.privileges());
    if (!needed.isEmpty()) {
      throw SqlProblem.at(
              ErrorCode.PRIVILEGE_MISSING,
              SqlPosition.of(target.name().getParserPosition()),
              "the user has no privilege "
                  + needed.stream().map(Enum::name).collect(Collectors.joining(", "))
                  + " on table \""
                  + target.definition().name()
                  + "\"",
              "ask an administrator to GRANT it.")
          .asException();
    }
    return new RowGuard(
        table, table.condition().map(condition -> planning.queries().condition(table, condition)));
  }

  /** Refuses the changes if one of them touches a row out of sight. */
  void check(WriteBatch batch, Snapshot snapshot, Bindings bindings) {
    if (condition.isEmpty() || batch.isEmpty()) {
      return;
    }
    CollectionView view =
        snapshot.collection(
            table.stored().orElseThrow(() -> new IllegalStateException("Not stored")).id());
    for (int i = 0; i < batch.changes().size(); i++) {
      WriteBatch.Change change = batch.changes().get(i);
      if (change.expectation() == WriteBatch.Expectation.ANY) {
        // What is looked at here must be what is replaced.
        batch.changes().set(i, change.expecting(WriteBatch.Expectation.UNCHANGED));
      }
      @Nullable Object[] values = change.values();
      if (values != null && !isSeen(field -> values[table.ordinal(field)], bindings)) {
        throw refused("a new row is none that the policies of table \"");
      }
      long old = view.find(change.key());
      if (old >= 0 && !isSeen(field -> view.value(old, table.ordinal(field)), bindings)) {
        throw refused("a row in the way is none that the policies of table \"");
      }
    }
  }

  private interface Fields {
    @Nullable Object engineValue(int field);
  }

  private boolean isSeen(Fields fields, Bindings bindings) {
    @Nullable Object[] row = new Object[table.columns().size()];
    for (int field = 0; field < row.length; field++) {
      row[field] = ColumnValue.toRow(fields.engineValue(field), table.columns().get(field).type());
    }
    return condition.orElseThrow(IllegalStateException::new).isTrue(row, bindings);
  }

  private SqlProblemException refused(String what) {
    String name = table.stored().map(each -> each.name()).orElse("");
    return SqlProblem.of(
            ErrorCode.ROW_NOT_ALLOWED,
            what + name + "\" let this user write",
            "write rows that the policies let you see.")
        .asException();
  }
}

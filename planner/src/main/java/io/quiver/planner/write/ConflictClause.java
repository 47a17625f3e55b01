package io.quiver.planner.write;

import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.sql.parser.Assignment;
import io.quiver.sql.parser.InsertOnConflict;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** ON CONFLICT of an INSERT into a table. */
record ConflictClause(InsertOnConflict clause, WriteTarget target) {
  private static final String EXCLUDED = "excluded";

  /** What to do with a row in the way. */
  ConflictAction action(Planning planning, ParameterTypes parameters) {
    checkNamed();
    return switch (clause.action()) {
      case InsertOnConflict.DoNothing nothing -> new ConflictAction.Ignore();
      case InsertOnConflict.DoUpdate update -> {
        int[] columns = new int[update.assignments().size()];
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
          Assignment assignment = update.assignments().get(i);
          columns[i] = target.column(assignment.column());
          target.checkGivable(columns[i], assignment.value());
          items.add(
              ColumnTypeSpec.cast(
                  ofTarget(target.given(assignment.value(), columns[i])),
                  target.definition(columns[i]).type()));
        }
        if (update.where() != null) {
          items.add(ofTarget(update.where()));
        }
        // The validator tells tables apart by their nodes, so the second needs one of its own.
        SqlNode again = target.name().clone(target.name().getParserPosition());
        SqlNode both =
            Selects.cross(
                Selects.as(target.name(), target.definition().name(), List.of()),
                Selects.as(again, EXCLUDED, List.of()));
        Projections projections =
            planning
                .queries()
                .rowValues(Selects.of(items, both, null), planning.session().schema());
        parameters.add(projections.parameters());
        yield new ConflictAction.Update(
            columns,
            projections.evaluators(),
            RowPlace.of(columns, update.assignments().stream().map(Assignment::value).toList()));
      }
    };
  }

  /** What a conflict may be with: the constraint named, or any; null for the key. */
  List<@Nullable UniqueEntries> by() {
    Set<String> named = names();
    if (!named.isEmpty() && !named.equals(Set.copyOf(target.definition().primaryKey()))) {
      return target.uniques().stream()
          .filter(each -> named.equals(Set.copyOf(each.unique().columns())))
          .<@Nullable UniqueEntries>map(each -> each)
          .limit(1)
          .toList();
    }
    List<@Nullable UniqueEntries> all = new ArrayList<>();
    all.add(null);
    if (named.isEmpty()) {
      all.addAll(target.uniques());
    }
    return all;
  }

  private Set<String> names() {
    return clause.target().stream().map(SqlIdentifier::getSimple).collect(Collectors.toSet());
  }

  private void checkNamed() {
    Set<String> named = names();
    boolean known =
        named.isEmpty()
            || named.equals(Set.copyOf(target.definition().primaryKey()))
            || target.uniques().stream()
                .anyMatch(each -> named.equals(Set.copyOf(each.unique().columns())));
    if (!known) {
      throw SqlProblem.at(
              ErrorCode.CONFLICT_TARGET_UNKNOWN,
              SqlPosition.of(clause.target().getFirst().getParserPosition()),
              "ON CONFLICT names (" + String.join(", ", named) + "), which is no key of the table",
              "write ON CONFLICT (" + String.join(", ", target.definition().primaryKey()) + ").")
          .asException();
    }
  }

  /** A column named alone is the old row's; {@code VALUES(c)}, as MySQL has it, the new one's. */
  private SqlNode ofTarget(SqlNode expression) {
    SqlNode qualified =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlIdentifier name) {
                return name.isSimple() && isColumn(name)
                    ? new SqlIdentifier(
                        List.of(target.definition().name(), name.getSimple()),
                        name.getParserPosition())
                    : name;
              }

              private boolean isColumn(SqlIdentifier name) {
                return target.fields().columns().stream()
                    .anyMatch(column -> column.name().equals(name.getSimple()));
              }
            });
    if (qualified == null) {
      throw new IllegalStateException("An expression vanished: " + expression);
    }
    return qualified;
  }
}

package io.quiver.planner.write;

import io.quiver.planner.PlannedQuery;
import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.TreeCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;

/**
 * Plans a MERGE: the rows of its source, each with the key it is looked for by, and what is done
 * where that is there and where it is not.
 */
record MergePlanner(
    WriteTarget target,
    Planning planning,
    ParameterTypes parameters,
    Sequences sequences,
    LongSupplier rowNumbers) {
  MergeChanges changes(SqlMerge merge) {
    MergeParts parts = new MergeParts(merge, target);
    MergeKey on = parts.key();
    List<String> key = on.columns();
    List<SqlNode> keyValues = parts.keyValues();
    List<SqlNode> items = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      int ordinal = target.definition().ordinal(key.get(i)).orElseThrow();
      items.add(ColumnTypeSpec.cast(keyValues.get(i), target.definition(ordinal).type()));
    }
    int[] columns =
        parts.insert().map(insert -> InsertSource.columns(insert, target)).orElse(new int[0]);
    List<RowPlace> places =
        parts
            .insert()
            .map(insert -> List.of(RowPlace.of(columns, MergeParts.insertValues(insert))))
            .orElse(List.of());
    SqlNode source = parts.source();
    Optional<MergeChanges.Matched> matched =
        parts.update().map(update -> matched(update, parts, TreeCopy.of(source)));
    parts
        .insert()
        .ifPresent(insert -> items.addAll(new InsertSource(target, columns).items(insert)));
    items.add(SqlIdentifier.star(merge.getParserPosition()));
    PlannedQuery rows = planning.plan(Selects.of(items, source, null));
    parameters.add(rows.parameters());
    Optional<InsertChanges> inserts =
        parts
            .insert()
            .map(
                insert ->
                    new InsertChanges(
                        target,
                        rows,
                        columns,
                        places,
                        target.fillers(planning),
                        new ConflictAction.Refuse(),
                        List.of(),
                        sequences,
                        rowNumbers));
    return new MergeChanges(target, rows, on, matched, inserts);
  }

  private MergeChanges.Matched matched(SqlUpdate update, MergeParts parts, SqlNode source) {
    int[] columns = target.columns(update.getTargetColumnList());
    List<SqlNode> items = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      SqlNode value = update.getSourceExpressionList().get(i);
      target.checkGivable(columns[i], value);
      String column = target.definition(columns[i]).name();
      if (target.definition().primaryKey().contains(column)
          || parts.key().columns().contains(column)) {
        throw SqlProblem.at(
                ErrorCode.NOT_SUPPORTED,
                SqlPosition.of(value.getParserPosition()),
                "MERGE cannot change the key column \"" + column + "\"",
                "leave the key as it is.")
            .asException();
      }
      items.add(
          ColumnTypeSpec.cast(
              target.given(value, columns[i]), target.definition(columns[i]).type()));
    }
    SqlNode both = Selects.cross(Selects.as(target.name(), parts.alias(), List.of()), source);
    Projections projections =
        planning.queries().rowValues(Selects.of(items, both, null), planning.session().schema());
    parameters.add(projections.parameters());
    return new MergeChanges.Matched(
        columns,
        projections.evaluators(),
        RowPlace.of(columns, update.getSourceExpressionList().getList()));
  }
}

package io.quiver.planner.write;

import io.quiver.engine.VectorEngine;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.Prepared.Kind;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.sql.parser.InsertOnConflict;
import io.quiver.sql.parser.Returning;
import io.quiver.sql.parser.SqlCommand;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Plans writes: the query a write's rows come from, and what is done with them. */
public final class WritePlanner {
  private final VectorEngine engine;
  private final Sequences sequences;

  public WritePlanner(VectorEngine engine) {
    this.engine = engine;
    this.sequences = new Sequences(engine);
  }

  /** A write as Calcite's grammar has it. */
  public PlannedStatement plan(SqlNode write, Planning planning) {
    return plan(write, null, planning);
  }

  /** A write with RETURNING. */
  public PlannedStatement plan(Returning returning, Planning planning) {
    return plan(returning.write(), returning.items(), planning);
  }

  /** A write with ON CONFLICT. */
  public PlannedStatement plan(InsertOnConflict insert, Planning planning) {
    return insert(insert.insert(), Optional.of(insert), null, planning);
  }

  private PlannedStatement plan(SqlNode write, @Nullable SqlNodeList returning, Planning planning) {
    return switch (write) {
      case SqlInsert insert -> insert(insert, Optional.empty(), returning, planning);
      case SqlUpdate update -> update(update, returning, planning);
      case SqlDelete delete -> delete(delete, returning, planning);
      case SqlMerge merge -> merge(merge, planning);
      case SqlCommand command when command.command() instanceof InsertOnConflict insert ->
          insert(insert.insert(), Optional.of(insert), returning, planning);
      default ->
          throw SqlProblem.at(
                  ErrorCode.NOT_SUPPORTED,
                  SqlPosition.of(write.getParserPosition()),
                  write.getKind().sql + " is not supported yet",
                  "use INSERT ... ON CONFLICT, or UPSERT INTO.")
              .asException();
    };
  }

  private PlannedStatement insert(
      SqlInsert insert,
      Optional<InsertOnConflict> onConflict,
      @Nullable SqlNodeList returning,
      Planning planning) {
    WriteTarget target = WriteTarget.of(insert.getTargetTable(), planning);
    int[] columns = InsertSource.columns(insert, target);
    List<RowPlace> places = RowPlace.of(insert.getSource(), columns);
    PlannedQuery source =
        planning.plan(new InsertSource(target, columns).query(insert.getSource()));
    ParameterTypes parameters = new ParameterTypes();
    parameters.add(source.parameters());
    Optional<ConflictClause> clause = onConflict.map(each -> new ConflictClause(each, target));
    ConflictAction action =
        clause
            .map(each -> each.action(planning, parameters))
            .orElse(insert.isUpsert() ? new ConflictAction.Replace() : new ConflictAction.Refuse());
    return statement(
        Kind.INSERT,
        target,
        new InsertChanges(
            target,
            source,
            columns,
            places,
            target.fillers(planning),
            action,
            clause.map(ConflictClause::by).orElse(List.of()),
            sequences,
            engine::nextRowNumber),
        returning,
        parameters,
        planning);
  }

  private PlannedStatement merge(SqlMerge merge, Planning planning) {
    WriteTarget target = WriteTarget.of(merge.getTargetTable(), planning);
    ParameterTypes parameters = new ParameterTypes();
    MergePlanner planner =
        new MergePlanner(target, planning, parameters, sequences, engine::nextRowNumber);
    return statement(Kind.MERGE, target, planner.changes(merge), null, parameters, planning);
  }

  private PlannedStatement update(
      SqlUpdate update, @Nullable SqlNodeList returning, Planning planning) {
    WriteTarget target = WriteTarget.of(update.getTargetTable(), planning);
    int[] columns = target.columns(update.getTargetColumnList());
    List<SqlNode> items =
        new ArrayList<>(target.keyNames(update.getTargetTable().getParserPosition()));
    for (int i = 0; i < columns.length; i++) {
      target.checkGivable(columns[i], update.getSourceExpressionList().get(i));
      SqlNode value = target.given(update.getSourceExpressionList().get(i), columns[i]);
      items.add(ColumnTypeSpec.cast(value, target.definition(columns[i]).type()));
    }
    RowPlace place = RowPlace.of(columns, update.getSourceExpressionList().getList());
    SqlNode from = aliased(update.getTargetTable(), update.getAlias());
    PlannedQuery source = planning.plan(Selects.of(items, from, update.getCondition()));
    return changed(Kind.UPDATE, target, source, columns, place, returning, planning);
  }

  private PlannedStatement delete(
      SqlDelete delete, @Nullable SqlNodeList returning, Planning planning) {
    WriteTarget target = WriteTarget.of(delete.getTargetTable(), planning);
    SqlNode from = aliased(delete.getTargetTable(), delete.getAlias());
    PlannedQuery source =
        planning
            .queries()
            .plan(
                Selects.of(
                    target.keyNames(delete.getTargetTable().getParserPosition()),
                    from,
                    delete.getCondition()),
                planning.session().schema(),
                true);
    return changed(Kind.DELETE, target, source, new int[0], RowPlace.NOWHERE, returning, planning);
  }

  private static SqlNode aliased(SqlNode table, @Nullable SqlIdentifier alias) {
    return alias == null ? table : Selects.as(table, alias.getSimple(), List.of());
  }

  private PlannedStatement changed(
      Kind kind,
      WriteTarget target,
      PlannedQuery source,
      int[] columns,
      RowPlace place,
      @Nullable SqlNodeList returning,
      Planning planning) {
    ParameterTypes parameters = new ParameterTypes();
    parameters.add(source.parameters());
    RowChanges changes = new UpdateChanges(target, source, columns, place, kind == Kind.DELETE);
    return statement(kind, target, changes, returning, parameters, planning);
  }

  private PlannedStatement statement(
      Kind kind,
      WriteTarget target,
      RowChanges changes,
      @Nullable SqlNodeList returning,
      ParameterTypes parameters,
      Planning planning) {
    Optional<ReturnedRows> returned = ReturnedRows.of(returning, target, planning, parameters);
    return new WriteStatement(
        planning.sql(),
        kind,
        parameters.types(),
        target,
        changes,
        returned,
        engine,
        planning.runner(),
        RowGuard.of(target, changes, planning));
  }
}

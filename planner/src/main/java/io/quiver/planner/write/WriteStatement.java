package io.quiver.planner.write;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.WriteConflictException;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.QueryRunner;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.Session;
import io.quiver.planner.StalePlanException;
import io.quiver.planner.StatementResult;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.transaction.BatchRow;
import io.quiver.planner.transaction.SessionTransaction;
import io.quiver.sql.problem.SqlProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A write, ready to run: once, or for many rows of parameters as one commit.
 *
 * @param returning what RETURNING gives, empty where nothing is asked back
 */
record WriteStatement(
    String sql,
    Kind kind,
    List<RelDataType> parameterTypes,
    WriteTarget target,
    RowChanges changes,
    Optional<ReturnedRows> returning,
    VectorEngine engine,
    QueryRunner runner,
    RowGuard guard)
    implements PlannedStatement {
  private static final int ATTEMPTS = 100;

  @Override
  public List<ResultColumn> columns() {
    return returning.map(ReturnedRows::columns).orElse(List.of());
  }

  @Override
  public Optional<PlanNode> explained() {
    return Optional.of(changes.explained());
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    List<@Nullable Object[]> once = new ArrayList<>();
    once.add(parameters);
    Outcome outcome = commit(session, once, stop);
    return returning.isPresent()
        ? returning.get().result(outcome.rows(), outcome.execution())
        : new StatementResult.Changed(outcome.changed()[0], outcome.execution().warnings());
  }

  @Override
  public long[] runBatch(Session session, List<@Nullable Object[]> rows, StopSignal stop) {
    return rows.isEmpty() ? new long[0] : commit(session, rows, stop).changed();
  }

  private long collect(Execution execution, RowBuffer buffer, int row, int rows) {
    try {
      return changes.collect(execution, buffer);
    } catch (SqlProblemException e) {
      throw rows == 1 ? e : BatchRow.naming(row, e);
    }
  }

  private record Outcome(long[] changed, List<@Nullable Object[]> rows, Execution execution) {}

  /** Runs until no other writer interferes, which is the first time unless rows are contended. */
  private Outcome commit(Session session, List<@Nullable Object[]> rows, StopSignal stop) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return attempt(session, rows, stop);
      } catch (WriteConflictException conflict) {
        if (session.transaction().isActive()) {
          // Running it again would read the same snapshot.
          throw SessionTransaction.conflict(conflict);
        }
        stop.check();
      } catch (DuplicateKeyException expected) {
        stop.check();
      }
    }
    throw WriteProblems.conflict(target, ATTEMPTS);
  }

  private Outcome attempt(Session session, List<@Nullable Object[]> rows, StopSignal stop) {
    try (Snapshot snapshot = runner.snapshot(session)) {
      StalePlanException.check(target.definition(), snapshot);
      RowBuffer buffer =
          new RowBuffer(
              target,
              snapshot,
              runner
                  .execution(session, new Object[0], stop, snapshot, Optional.empty())
                  .bindings());
      long[] changed = new long[rows.size()];
      Execution execution = null;
      for (int i = 0; i < changed.length; i++) {
        execution = runner.execution(session, rows.get(i), stop, snapshot, Optional.empty());
        changed[i] = collect(execution, buffer, i, changed.length);
      }
      if (execution == null) {
        throw new IllegalStateException("A write without parameters to run with");
      }
      guard.check(buffer.batch(), snapshot, execution.bindings());
      if (!buffer.batch().isEmpty()) {
        try {
          session
              .transaction()
              .write(engine, buffer.batches(), target.definition(), snapshot.position());
        } catch (DuplicateKeyException duplicate) {
          throw changes.expects(duplicate)
              ? duplicate
              : WriteProblems.of(duplicate, target, buffer);
        }
      }
      return new Outcome(changed, buffer.returned(), execution);
    }
  }
}

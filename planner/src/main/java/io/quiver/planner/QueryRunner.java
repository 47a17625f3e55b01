package io.quiver.planner;

import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.ExecutionProfile;
import io.quiver.planner.physical.LearntEffort;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs planned queries, each within one snapshot. Shared by all threads.
 *
 * @param engine the database
 * @param clock tells CURRENT_TIMESTAMP
 * @param effort what was learnt of how hard searches must look
 */
public record QueryRunner(VectorEngine engine, Clock clock, LearntEffort effort) {
  /** One that has learnt nothing yet. */
  public QueryRunner(VectorEngine engine, Clock clock) {
    this(engine, clock, new LearntEffort());
  }

  /** What a session's next statement reads; the caller closes it. */
  public Snapshot snapshot(Session session) {
    return session.transaction().snapshot(engine);
  }

  /** Runs a query in a snapshot that is closed with the cursor. */
  public StatementResult.Rows run(
      PlannedQuery query, Session session, @Nullable Object[] parameters, StopSignal stop) {
    Snapshot snapshot = snapshot(session);
    try {
      Execution execution = execution(session, parameters, stop, snapshot, Optional.empty());
      RowCursor cursor = query.open(execution, snapshot::close);
      return new StatementResult.Rows(cursor, execution.warnings(), execution.work());
    } catch (RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
  }

  /** A run in a snapshot that the caller closes: of a write's source, or under EXPLAIN ANALYZE. */
  public Execution execution(
      Session session,
      @Nullable Object[] parameters,
      StopSignal stop,
      Snapshot snapshot,
      Optional<ExecutionProfile> profile) {
    Bindings bindings =
        new Bindings(parameters, stop, clock.instant(), session.user(), session.schema());
    Execution execution = new Execution(bindings, snapshot, session, profile, effort);
    bindings.runBy(execution);
    return execution;
  }
}

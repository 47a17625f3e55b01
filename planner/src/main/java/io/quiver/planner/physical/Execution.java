package io.quiver.planner.physical;

import io.quiver.engine.Snapshot;
import io.quiver.engine.WriteConflictException;
import io.quiver.engine.search.CollectionView;
import io.quiver.planner.Session;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.monitor.QueryWork;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement: its values, its snapshot, its session, what it has to say. For one
 * thread.
 */
public final class Execution {
  private final Bindings bindings;
  private final Snapshot snapshot;
  private final Session session;
  private final Optional<ExecutionProfile> profile;
  private final Set<String> warnings;
  private final Map<Object, Object> memo;
  private final QueryWork work;

  public Execution(
      Bindings bindings, Snapshot snapshot, Session session, Optional<ExecutionProfile> profile) {
    this(
        bindings,
        snapshot,
        session,
        profile,
        new LinkedHashSet<>(),
        new HashMap<>(),
        new QueryWork());
  }

  private Execution(
      Bindings bindings,
      Snapshot snapshot,
      Session session,
      Optional<ExecutionProfile> profile,
      Set<String> warnings,
      Map<Object, Object> memo,
      QueryWork work) {
    this.bindings = bindings;
    this.snapshot = snapshot;
    this.session = session;
    this.profile = profile;
    this.warnings = warnings;
    this.memo = memo;
    this.work = work;
  }

  /** The same run with other values: a sub-query that reads another outer row. */
  Execution with(Bindings others) {
    return new Execution(others, snapshot, session, profile, warnings, memo, work);
  }

  /** Opens a node, counting what it does if this run is profiled. */
  public RowSource open(PlanNode node) {
    return profile.isPresent() ? profile.get().open(node, this) : node.open(this);
  }

  public Bindings bindings() {
    return bindings;
  }

  public Session session() {
    return session;
  }

  public Optional<ExecutionProfile> profile() {
    return profile;
  }

  public CollectionView view(long collection) {
    work.readTable();
    try {
      return snapshot.collection(collection);
    } catch (WriteConflictException redefined) {
      throw SqlProblem.of(
              ErrorCode.WRITE_CONFLICT,
              "the transaction began before the tables were as they are: " + redefined.getMessage(),
              "roll it back, and run it again.")
          .asException();
    }
  }

  /** What this run does, counted. */
  public QueryWork work() {
    return work;
  }

  /** Notes something the user should know; the same thing once. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  /** What was noted, in order. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What was kept under a key; values of sub-queries that read no outer row are. */
  @Nullable Object kept(Object key) {
    return memo.get(key);
  }

  void keep(Object key, Object value) {
    memo.put(key, value);
  }
}

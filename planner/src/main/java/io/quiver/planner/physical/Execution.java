package io.quiver.planner.physical;

import io.quiver.engine.Snapshot;
import io.quiver.engine.WriteConflictException;
import io.quiver.engine.search.CollectionView;
import io.quiver.planner.Session;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.monitor.QueryWork;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.IdentityHashMap;
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
  private final LearntEffort effort;
  private final Set<String> warnings;
  private final Map<Object, Object> memo;
  private final QueryWork work;
  private final MemoryBudget memory;

  /**
   * @param effort what was learnt of how hard searches must look
   */
  public Execution(
      Bindings bindings,
      Snapshot snapshot,
      Session session,
      Optional<ExecutionProfile> profile,
      LearntEffort effort) {
    this(
        bindings,
        snapshot,
        session,
        profile,
        effort,
        new LinkedHashSet<>(),
        new IdentityHashMap<>(),
        new QueryWork(),
        new MemoryBudget(session.limits().queryMemoryBytes()));
  }

  private Execution(
      Bindings bindings,
      Snapshot snapshot,
      Session session,
      Optional<ExecutionProfile> profile,
      LearntEffort effort,
      Set<String> warnings,
      Map<Object, Object> memo,
      QueryWork work,
      MemoryBudget memory) {
    this.bindings = bindings;
    this.snapshot = snapshot;
    this.session = session;
    this.profile = profile;
    this.effort = effort;
    this.warnings = warnings;
    this.memo = memo;
    this.work = work;
    this.memory = memory;
  }

  /** The same run with other values: a sub-query that reads another outer row. */
  Execution with(Bindings others) {
    return new Execution(others, snapshot, session, profile, effort, warnings, memo, work, memory);
  }

  /** The same run, for a plan in it that runs for each outer row: see {@link MemoryBudget#part}. */
  Execution part() {
    return new Execution(
        bindings, snapshot, session, profile, effort, warnings, memo, work, memory.part());
  }

  /**
   * A part of the run for another thread, which shares the snapshot and nothing else; {@link #join}
   * takes in what it noted.
   *
   * @param others the values it reads, its own
   */
  Execution fork(Bindings others) {
    Execution part =
        new Execution(
            others,
            snapshot,
            session,
            Optional.empty(),
            effort,
            new LinkedHashSet<>(),
            new IdentityHashMap<>(),
            new QueryWork(),
            memory);
    others.runBy(part);
    return part;
  }

  /** Takes in what a part noted that ran on another thread and has ended. */
  void join(Execution part) {
    warnings.addAll(part.warnings);
    work.add(part.work);
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

  LearntEffort effort() {
    return effort;
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

  /** What its nodes keep of rows. */
  MemoryBudget memory() {
    return memory;
  }

  /** Notes something the user should know; the same thing once. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  /** What was noted, in order. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What a node keeps in this run, such as rows that are the same for every outer row. */
  @Nullable Object kept(Object key) {
    return memo.get(key);
  }

  void keep(Object key, Object value) {
    memo.put(key, value);
  }
}

package io.quiver.planner.physical;

import io.quiver.planner.expression.Bindings;
import io.quiver.planner.physical.SubQueries.Rows;
import io.quiver.planner.physical.SubQueries.SubQuery;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One run of a statement, for a condition that the engine asks on several of its threads: a run is
 * for one thread, so each that helps gets a part of its own.
 *
 * <p>Sub-queries that read no outer row are run once, by the thread that makes this; what they gave
 * is shared, since it changes no more.
 */
final class RunByThread {
  private final Execution execution;
  private final Thread owner = Thread.currentThread();
  private final Bindings own;
  private final Bindings untouched;
  private final List<SubQuery> independent;
  private final List<Rows> given;
  private final ConcurrentMap<Thread, Bindings> helpers = new ConcurrentHashMap<>(2);

  /**
   * @param execution of the thread that makes this
   * @param independent the condition's sub-queries that read no outer row
   */
  RunByThread(Execution execution, List<SubQuery> independent) {
    this.execution = execution;
    this.own = execution.bindings().fork();
    this.untouched = execution.bindings().fork();
    this.independent = independent;
    this.given = independent.stream().map(each -> each.rows(execution)).toList();
  }

  /** The values for the thread that asks. */
  Bindings bindings() {
    Thread asking = Thread.currentThread();
    return asking == owner ? own : helpers.computeIfAbsent(asking, thread -> part());
  }

  private Bindings part() {
    Bindings values = untouched.fork();
    Execution part = execution.fork(values);
    for (int i = 0; i < given.size(); i++) {
      part.keep(independent.get(i).plan(), given.get(i));
    }
    return values;
  }
}

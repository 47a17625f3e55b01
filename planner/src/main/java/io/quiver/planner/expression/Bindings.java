package io.quiver.planner.expression;

import io.quiver.engine.search.StopSignal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a plan is given: parameters, the moment it began, who asked. For one thread.
 *
 * <p>Plans hold none of this, so one plan serves all runs.
 */
public final class Bindings {
  private final @Nullable Object[] parameters;
  private final StopSignal stop;
  private final Instant started;
  private final String user;
  private final String schema;
  private final Map<Integer, @Nullable Object[]> correlated = new HashMap<>(2);
  private @Nullable Object run;

  /**
   * @param parameters in the classes of their types, kept and not copied
   * @param started what CURRENT_TIMESTAMP is, the same for the whole statement
   */
  public Bindings(
      @Nullable Object[] parameters, StopSignal stop, Instant started, String user, String schema) {
    this.parameters = parameters;
    this.stop = stop;
    this.started = started;
    this.user = user;
    this.schema = schema;
  }

  /** A second run of the same statement with other parameters. */
  public Bindings with(@Nullable Object[] others) {
    Bindings copy = new Bindings(others, stop, started, user, schema);
    copy.run = run;
    return copy;
  }

  /** The same for another thread: rows correlated so far are shared, later ones are not. */
  public Bindings fork() {
    return fork(stop);
  }

  /** The same for another thread, which stops by another signal. */
  public Bindings fork(StopSignal other) {
    Bindings copy = new Bindings(parameters, other, started, user, schema);
    copy.correlated.putAll(correlated);
    copy.run = run;
    return copy;
  }

  /** Says what runs the plan; sub-queries in expressions ask for it. */
  public void runBy(Object running) {
    run = running;
  }

  /** What runs the plan. */
  public Object run() {
    if (run == null) {
      throw new IllegalStateException("Nothing runs this expression's plan");
    }
    return run;
  }

  public @Nullable Object parameter(int index) {
    return parameters[index];
  }

  public @Nullable Object[] parameters() {
    return parameters;
  }

  public StopSignal stop() {
    return stop;
  }

  public Instant started() {
    return started;
  }

  public String user() {
    return user;
  }

  public String schema() {
    return schema;
  }

  /** Sets the outer row that a correlated part reads. */
  public void correlate(int id, @Nullable Object[] row) {
    correlated.put(id, row);
  }

  /** The outer row of a correlation. */
  public @Nullable Object[] correlated(int id) {
    @Nullable Object[] row = correlated.get(id);
    if (row == null) {
      throw new IllegalStateException("No row for correlation " + id);
    }
    return row;
  }
}

package io.quiver.planner.physical;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.expression.Bindings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs several parts of a plan at once and keeps their rows: the searches of a hybrid query. Under
 * EXPLAIN ANALYZE they run one after the other, so that each is measured by itself.
 */
final class Legs {
  private static final int STOP_EVERY = 1024;

  private Legs() {}

  /** The rows of each node, in their order; all have ended when it returns. */
  static List<List<@Nullable Object[]>> run(List<PlanNode> nodes, Execution execution) {
    List<List<@Nullable Object[]>> rows = new ArrayList<>(nodes.size());
    if (execution.profile().isPresent()) {
      nodes.forEach(node -> rows.add(rows(node, execution)));
      return rows;
    }
    AtomicBoolean failed = new AtomicBoolean();
    List<Leg> others = new ArrayList<>(nodes.size() - 1);
    for (PlanNode node : nodes.subList(1, nodes.size())) {
      Leg leg = Leg.of(node, execution, failed);
      others.add(leg);
      Thread.ofVirtual().name("quiver-leg").start(leg.task);
    }
    RuntimeException failure = null;
    try {
      rows.add(rows(nodes.getFirst(), execution));
    } catch (RuntimeException e) {
      failed.set(true);
      failure = e;
    }
    for (Leg leg : others) {
      try {
        rows.add(leg.rows());
        execution.join(leg.part);
      } catch (RuntimeException e) {
        failed.set(true);
        failure = failure == null || failure instanceof LegStoppedException ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return rows;
  }

  private static List<@Nullable Object[]> rows(PlanNode node, Execution execution) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowSource source = execution.open(node)) {
      @Nullable Object[] row = source.next();
      while (row != null) {
        rows.add(row);
        if (rows.size() % STOP_EVERY == 0) {
          execution.bindings().stop().check();
        }
        row = source.next();
      }
    }
    return rows;
  }

  /** Another leg has failed, so that nobody wants the rows of this one. */
  private static final class LegStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LegStoppedException() {
      super("another leg failed", null, false, false);
    }
  }

  private record Leg(Execution part, FutureTask<List<@Nullable Object[]>> task) {
    static Leg of(PlanNode node, Execution execution, AtomicBoolean failed) {
      StopSignal stop = execution.bindings().stop();
      Bindings bindings =
          execution
              .bindings()
              .fork(
                  () -> {
                    stop.check();
                    if (failed.get()) {
                      throw new LegStoppedException();
                    }
                  });
      Execution part = execution.fork(bindings);
      return new Leg(part, new FutureTask<>(() -> Legs.rows(node, part)));
    }

    List<@Nullable Object[]> rows() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return task.get();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException problem) {
          throw problem;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("A leg failed", e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}

package io.quiver.engine.index.hnsw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Shares rows out among inserters, a few dozen at a time; the calling thread is one of them. */
final class ParallelInsertion {
  private static final int BATCH = 64;

  private final GraphInserter[] inserters;
  private final RowWork work;
  private final int end;
  private final BuildProgress progress;
  private final AtomicInteger next;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** What is done with each row. */
  @FunctionalInterface
  interface RowWork {
    void on(int row, GraphInserter inserter);
  }

  ParallelInsertion(
      GraphInserter[] inserters, RowWork work, int from, int end, BuildProgress progress) {
    this.inserters = inserters;
    this.work = work;
    this.next = new AtomicInteger(from);
    this.end = end;
    this.progress = progress;
  }

  /** Returns when all rows are done; throws what an inserter or the progress threw. */
  void run() {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < inserters.length && (long) i * BATCH < end - next.get(); i++) {
      GraphInserter inserter = inserters[i];
      helpers.add(
          Thread.ofPlatform()
              .name("quiver-graph-", i)
              .daemon()
              .start(() -> take(inserter, BuildProgress.IGNORED)));
    }
    take(inserters[0], progress);
    for (Thread helper : helpers) {
      join(helper);
    }
    @Nullable Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void take(GraphInserter inserter, BuildProgress heard) {
    try {
      int from = next.getAndAdd(BATCH);
      while (from < end && failure.get() == null) {
        for (int row = from; row < Math.min(end, from + BATCH); row++) {
          work.on(row, inserter);
        }
        heard.indexed(Math.min(end, from + BATCH));
        from = next.getAndAdd(BATCH);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Helpers must be gone before the memory they write is; an interrupt is passed on after. */
  private static void join(Thread helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

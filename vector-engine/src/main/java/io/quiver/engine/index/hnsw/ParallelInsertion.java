package io.quiver.engine.index.hnsw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Shares rows out among inserters, some at a time; the calling thread is one of them. */
final class ParallelInsertion {
  /** Rows taken at a time of many; of few so many fewer that all inserters end at about once. */
  private static final int BATCH_MOST = 64;

  private static final int BATCHES_EACH = 8;

  /** Fewer are inserted sooner than a thread starts to help. */
  private static final int ROWS_FOR_A_THREAD = 32;

  private final GraphInserter[] inserters;
  private final RowWork work;
  private final int end;
  private final int batch;
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
    this.batch = Math.clamp((end - from) / (BATCHES_EACH * inserters.length), 1, BATCH_MOST);
    this.progress = progress;
  }

  /** Returns when all rows are done; throws what an inserter or the progress threw. */
  void run() {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < inserters.length && (long) i * ROWS_FOR_A_THREAD < end - next.get(); i++) {
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
      int from = next.getAndAdd(batch);
      while (from < end && failure.get() == null) {
        for (int row = from; row < Math.min(end, from + batch); row++) {
          work.on(row, inserter);
        }
        heard.indexed(Math.min(end, from + batch));
        from = next.getAndAdd(batch);
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

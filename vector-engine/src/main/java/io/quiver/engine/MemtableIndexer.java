package io.quiver.engine;

import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.segment.Memtable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Inserts committed rows into the graphs of their memtables, on a thread of its own, so that a
 * search scans no more than the rows committed lately.
 *
 * <p>A commit does not wait for its own rows to be inserted, but where those of earlier ones are
 * behind by more than a small scan, it first waits until twice as many are in as it brings: so what
 * is scanned does not grow however fast rows come, and shrinks where it was large, as after an
 * opening.
 */
final class MemtableIndexer implements AutoCloseable {
  /** Rows of one memtable inserted before others have their turn. */
  private static final int ROWS_A_TURN = 256;

  /** Rows of a collection behind at which writers wait: scanned in about the time of a walk. */
  static final int ROWS_BEHIND_MOST = 512;

  /** A writer looks again after so long: sealing inserts rows too, and tells nobody. */
  private static final long TURN_MILLIS = 20;

  private static final System.Logger LOGGER = System.getLogger("io.quiver.engine");

  private final Supplier<EngineState> pin;
  private final EngineOptions options;
  private final Thread thread;

  /** One writer waits at a time, the next after it, so that each waits for rows of its own. */
  private final ReentrantLock writers = new ReentrantLock(true);

  private boolean awake;
  private long inserted;
  private volatile boolean closing;
  private volatile boolean failing;

  /**
   * @param pin gives the state of the last commit, with a lease on its layout to be given back
   */
  MemtableIndexer(Supplier<EngineState> pin, EngineOptions options) {
    this.pin = pin;
    this.options = options;
    this.thread = Thread.ofPlatform().name("quiver-indexer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Rows were committed. */
  synchronized void wake() {
    awake = true;
    notifyAll();
  }

  /** Waits where a commit brings rows faster than they are inserted. */
  void awaitRoom(CommitRecord commit) {
    if (isCrowded(commit)) {
      writers.lock();
      try {
        int rows = commit.parts().stream().mapToInt(part -> part.changes().size()).sum();
        awaitInserted(commit, 2L * rows);
      } catch (InterruptedException e) {
        // The caller wants to go on; what is behind is scanned.
        Thread.currentThread().interrupt();
      } finally {
        writers.unlock();
      }
    }
  }

  private void awaitInserted(CommitRecord commit, long rows) throws InterruptedException {
    long from = insertedSoFar();
    while (isCrowded(commit) && insertedSoFar() - from < rows) {
      synchronized (this) {
        wait(TURN_MILLIS);
      }
    }
  }

  private synchronized long insertedSoFar() {
    return inserted;
  }

  /** Whether many rows are behind of a collection that a commit is to. */
  private boolean isCrowded(CommitRecord commit) {
    if (closing || failing) {
      return false;
    }
    EngineState state = pin.get();
    try {
      for (CommitRecord.Part part : commit.parts()) {
        CollectionLayout collection = state.layout().collections().get(part.schema().id());
        if (collection != null && behind(state, collection) > ROWS_BEHIND_MOST) {
          return true;
        }
      }
      return false;
    } finally {
      state.layout().release();
    }
  }

  private int behind(EngineState state, CollectionLayout collection) {
    int behind = 0;
    for (ShardLayout shard : collection.shards()) {
      for (Memtable memtable : shard.memtables()) {
        behind += graphs(state, collection, memtable).behind();
      }
    }
    return behind;
  }

  private MemtableGraphs graphs(EngineState state, CollectionLayout collection, Memtable memtable) {
    int rows = state.rows()[state.layout().ordinal(memtable)];
    return new MemtableGraphs(memtable, collection.schema(), rows, options);
  }

  private void run() {
    while (!closing) {
      boolean more = false;
      EngineState state = pin.get();
      try {
        more = insertSome(state);
        failing = false;
      } catch (SearchStoppedException e) {
        // Closing; the rows are in the log, and are inserted after the next opening.
        return;
      } catch (RuntimeException e) {
        // Writers must not wait for what does not come about; what is not inserted is scanned.
        failing = true;
        LOGGER.log(System.Logger.Level.WARNING, "Rows were not inserted into their graphs", e);
      } finally {
        state.layout().release();
      }
      if (!more) {
        sleep();
      }
    }
  }

  private synchronized void sleep() {
    try {
      while (!awake && !closing) {
        wait(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread on purpose; looking once more does no harm.
      awake = true;
    }
    awake = false;
  }

  /** Inserts some rows of each memtable; whether there were any. */
  private boolean insertSome(EngineState state) {
    int all = 0;
    for (CollectionLayout collection : state.layout().collections().values()) {
      for (ShardLayout shard : collection.shards()) {
        for (Memtable memtable : shard.memtables()) {
          int some = graphs(state, collection, memtable).insertSome(ROWS_A_TURN, this::stopCheck);
          if (some > 0) {
            tell(some);
          }
          all += some;
        }
      }
    }
    return all > 0;
  }

  /** Writers may be waiting for these. */
  private synchronized void tell(int rows) {
    inserted += rows;
    notifyAll();
  }

  private void stopCheck() {
    if (closing) {
      throw new SearchStoppedException("The engine is closing", false);
    }
  }

  @Override
  public void close() {
    closing = true;
    wake();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // It reads memory that is released next.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

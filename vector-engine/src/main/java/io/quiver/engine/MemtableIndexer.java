package io.quiver.engine;

import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.segment.Memtable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Inserts committed rows into the graphs of their memtables, on a thread of its own, so that a
 * search scans no more than the rows committed lately.
 *
 * <p>A commit never waits for this, but where so many rows are behind that scanning them would cost
 * more than a little: then writers are held up before their next commit.
 */
final class MemtableIndexer implements AutoCloseable {
  /** Rows of one memtable inserted before others have their turn. */
  private static final int ROWS_A_TURN = 1024;

  /** Rows behind at which writers wait; scanning them takes a millisecond or two. */
  static final int ROWS_BEHIND_MOST = 20_000;

  private static final System.Logger LOGGER = System.getLogger("io.quiver.engine");

  private final Supplier<EngineState> pin;
  private final EngineOptions options;
  private final Thread thread;
  private boolean awake;
  private volatile boolean closing;
  private volatile boolean crowded;

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

  /** Waits while rows are committed faster than they are inserted. */
  void awaitRoom() {
    while (crowded && !closing) {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        // The caller wants to go on; what is behind is scanned.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void run() {
    while (!closing) {
      boolean more = false;
      EngineState state = pin.get();
      try {
        more = insertSome(state);
      } catch (SearchStoppedException e) {
        // Closing; the rows are in the log, and are inserted after the next opening.
        return;
      } catch (RuntimeException e) {
        // Writers must not wait for what does not come about; what is not inserted is scanned.
        crowded = false;
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

  /** Inserts some rows of each memtable; whether any are left. */
  private boolean insertSome(EngineState state) {
    int behind = 0;
    for (CollectionLayout collection : state.layout().collections().values()) {
      for (ShardLayout shard : collection.shards()) {
        for (Memtable memtable : shard.memtables()) {
          int rows = state.rows()[state.layout().ordinal(memtable)];
          MemtableGraphs graphs = new MemtableGraphs(memtable, collection.schema(), rows, options);
          behind = Math.max(behind, graphs.insert(ROWS_A_TURN, this::stopCheck));
        }
      }
    }
    crowded = behind > ROWS_BEHIND_MOST;
    return behind > 0;
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

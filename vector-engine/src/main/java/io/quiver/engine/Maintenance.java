package io.quiver.engine;

import io.quiver.engine.io.FileStore;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.SegmentFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Background work: seals frozen memtables, builds indexes, merges segments, and writes manifests.
 *
 * <p>One thread decides what is to be done; others do it, at most one task of a kind for a shard at
 * a time. What fails is kept, shown, and tried again after a pause that doubles.
 */
final class Maintenance implements AutoCloseable {
  /** Memtables of one shard that may wait to be sealed before writers wait for it. */
  private static final int FROZEN_MAX = 4;

  private final Checkpoint checkpoint;
  private final ShardWork work;
  private final StatusReport status;
  private final ExecutorService workers;
  private final Thread planner;
  private final EngineOptions options;
  private final FailedTasks failed = new FailedTasks();
  private final Set<ShardTask.Key> running = new HashSet<>();
  private final Set<Long> optimizing = new HashSet<>();
  private @Nullable Layout latest;
  private boolean awake;
  private volatile boolean closing;
  private boolean checkpointWanted;
  private volatile boolean crowded;
  private volatile @Nullable String planFailure;

  Maintenance(
      FileStore files,
      EngineOptions options,
      LogSubscriber subscriber,
      Opening.Opened opened,
      CommitLoop commits) {
    this.options = options;
    this.checkpoint = new Checkpoint(files, opened, commits, subscriber);
    SegmentFiles segmentFiles = new SegmentFiles(files, opened.manifest().database());
    this.work = new ShardWork(segmentFiles, options, opened.segmentIds(), commits, this::stopCheck);
    this.status = new StatusReport(options, work);
    this.workers =
        Executors.newFixedThreadPool(
            options.threads(),
            Thread.ofPlatform().name("quiver-background-", 0).daemon().factory());
    this.planner = Thread.ofPlatform().name("quiver-planner").daemon().unstarted(this::plan);
  }

  private void stopCheck() {
    if (closing) {
      throw new SearchStoppedException("The engine is closing", false);
    }
  }

  /**
   * Writes the manifest of this opening, then works in the background. A disk without room for it
   * is no reason not to read the database: the manifest is tried again.
   */
  void start() {
    try {
      checkpoint.write();
    } catch (IOException | UncheckedIOException e) {
      failed(new ShardTask.WriteManifest(), e);
    }
    planner.start();
    wake();
  }

  /**
   * Sees to it that this opening is recorded, so that the next one has another number.
   *
   * @throws StorageException if it cannot be written
   */
  void recordOpening() {
    if (checkpoint.isOpeningRecorded()) {
      return;
    }
    try {
      checkpoint.write();
    } catch (IOException | UncheckedIOException e) {
      throw new StorageException(
          "Rows without a key of their own cannot be numbered, since the manifest cannot be"
              + " written: "
              + e.getMessage()
              + ". Make room on the disk and try again.",
          e);
    }
  }

  /** The files that hold every commit up to now, open for copying. */
  Checkpoint.Held hold() throws IOException {
    return checkpoint.hold();
  }

  /** The log is to be cut though no rows wait to be sealed. */
  synchronized void checkpointSoon() {
    checkpointWanted = true;
    wake();
  }

  private synchronized boolean isCheckpointWanted() {
    boolean wanted = checkpointWanted;
    checkpointWanted = false;
    return wanted;
  }

  /** There may be something to do. */
  synchronized void wake() {
    awake = true;
    notifyAll();
  }

  /** The writing thread has applied something. */
  void wake(Layout layout) {
    boolean changed;
    synchronized (this) {
      changed = latest != layout;
      latest = layout;
    }
    if (changed) {
      crowded = isCrowded(layout);
      wake();
    }
  }

  private static boolean isCrowded(Layout layout) {
    return layout.collections().values().stream()
        .flatMap(collection -> collection.shards().stream())
        .anyMatch(shard -> shard.frozen().size() > FROZEN_MAX);
  }

  /** Waits while memtables pile up faster than they can be sealed. */
  void awaitRoom() {
    while (crowded && !closing && failures().isEmpty()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        // The caller wants to go on; the memtables take a few more rows.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void plan() {
    while (!closing) {
      long pause = FailedTasks.LONGEST_PAUSE_MILLIS;
      try {
        pause = submitWhatIsDue();
        planFailure = null;
      } catch (RuntimeException e) {
        planFailure = "Planning background work failed: " + e;
      }
      sleep(pause);
    }
  }

  private synchronized void sleep(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = millis; !awake && !closing && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread on purpose; planning once more does no harm.
      awake = true;
    }
    awake = false;
  }

  /** Starts every task that is due and not running; how many milliseconds until the next retry. */
  private long submitWhatIsDue() {
    EngineState state = work.pin();
    try {
      crowded = isCrowded(state.layout());
      long pause = FailedTasks.LONGEST_PAUSE_MILLIS;
      List<ShardTask> tasks = new ArrayList<>();
      if (isCheckpointWanted() || checkpoint.isBehind(state.layout())) {
        tasks.add(new ShardTask.WriteManifest());
      }
      Set<Long> wanted;
      synchronized (this) {
        wanted = Set.copyOf(optimizing);
      }
      tasks.addAll(new MaintenancePlan(options, wanted).tasks(state));
      synchronized (this) {
        failed.keepOnly(tasks);
        for (ShardTask task : tasks) {
          long wait = failed.nanosUntil(task);
          if (wait > 0) {
            pause = Math.min(pause, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
          } else if (running.add(task.key())) {
            workers.execute(() -> run(task));
          }
        }
      }
      return pause;
    } finally {
      state.layout().release();
    }
  }

  private void run(ShardTask task) {
    try {
      if (!closing) {
        if (!(task instanceof ShardTask.WriteManifest)) {
          work.run(task);
        }
        checkpoint.write();
        synchronized (this) {
          failed.remove(task);
        }
      }
    } catch (SearchStoppedException e) {
      // Closing: what was not finished is begun again at the next opening.
    } catch (IOException | RuntimeException | Error e) {
      failed(task, e);
    } finally {
      synchronized (this) {
        running.remove(task.key());
      }
      wake();
    }
  }

  private synchronized void failed(ShardTask task, Throwable e) {
    failed.add(task, e);
  }

  synchronized List<String> failures() {
    List<String> messages = new ArrayList<>(failed.messages());
    String planning = planFailure;
    if (planning != null) {
      messages.add(planning);
    }
    return messages;
  }

  /** Seals, merges and builds one collection, and waits for it. */
  void optimize(long collection, StopSignal stop) {
    work.freeze(collection);
    synchronized (this) {
      optimizing.add(collection);
      // Whoever asks now does not want to wait for the next attempt.
      failed.forget(collection);
    }
    try {
      wake();
      while (!isOptimized(collection)) {
        stop.check();
        stopCheck();
        refuseIfFailing(collection);
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SearchStoppedException("Optimizing was interrupted; it goes on later", false);
    } finally {
      synchronized (this) {
        optimizing.remove(collection);
      }
    }
  }

  private boolean isOptimized(long collection) {
    synchronized (this) {
      if (running.stream().anyMatch(key -> key.collection() == collection)) {
        return false;
      }
    }
    EngineState state = work.pin();
    try {
      return new MaintenancePlan(options, Set.of(collection))
          .tasks(state).stream().noneMatch(task -> task.key().collection() == collection);
    } finally {
      state.layout().release();
    }
  }

  private synchronized void refuseIfFailing(long collection) {
    failed
        .message(collection)
        .ifPresent(
            message -> {
              throw new StorageException(message + ". It will be tried again.");
            });
  }

  /** What there is of every collection, as of a pinned state. */
  List<CollectionStatus> status(EngineState state) {
    return status.of(state);
  }

  /** Ends background work; what is unfinished is begun again at the next opening. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      if (planner.getState() != Thread.State.NEW) {
        planner.join();
      }
      workers.shutdown();
      while (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
        wake();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

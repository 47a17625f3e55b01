package io.quiver.engine;

import io.quiver.engine.io.FileStore;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.segment.SegmentFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  /** A task that failed, and when it may be tried again. */
  private record Failure(ShardTask task, String message, int times, long againAtNanos) {}

  private final Checkpoint checkpoint;
  private final ShardWork work;
  private final ExecutorService workers;
  private final Thread planner;
  private final EngineOptions options;
  private final Map<ShardTask.Key, Failure> failures = new HashMap<>();
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
      long pause = LONGEST_PAUSE_MILLIS;
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
      long pause = LONGEST_PAUSE_MILLIS;
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
        failures.keySet().removeIf(key -> tasks.stream().noneMatch(t -> t.key().equals(key)));
        for (ShardTask task : tasks) {
          Failure failure = failures.get(task.key());
          long wait = failure == null ? 0 : failure.againAtNanos - System.nanoTime();
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
          failures.remove(task.key());
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
    Failure before = failures.get(task.key());
    int times = before == null ? 1 : before.times + 1;
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(times - 1, 10));
    String message =
        task.describe() + " failed " + times + (times == 1 ? " time: " : " times, lately: ") + e;
    failures.put(
        task.key(), new Failure(task, message, times, System.nanoTime() + pause * 1_000_000));
  }

  synchronized List<String> failures() {
    List<String> messages = new ArrayList<>();
    failures.values().forEach(failure -> messages.add(failure.message));
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
      failures.keySet().removeIf(key -> key.collection() == collection);
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
    for (Failure failure : failures.values()) {
      if (failure.task.key().collection() == collection) {
        throw new StorageException(failure.message + ". It will be tried again.");
      }
    }
  }

  /** What there is of every collection, as of a pinned state. */
  List<CollectionStatus> status(EngineState state) {
    List<CollectionStatus> all = new ArrayList<>();
    for (CollectionLayout collection : state.layout().collections().values()) {
      List<CollectionStatus.SegmentStatus> segments = new ArrayList<>();
      long live = 0;
      long bytes = 0;
      for (int shard = 0; shard < collection.shards().size(); shard++) {
        for (Segment segment : collection.shards().get(shard).segments()) {
          int ordinal = state.layout().ordinal(segment);
          int rows = state.rows()[ordinal];
          int deleted = state.deletions()[ordinal];
          live += rows - deleted;
          if (rows > 0) {
            boolean sealed = segment instanceof SealedSegment;
            long onDisk = sealed ? segment.bytes() : 0;
            bytes += onDisk;
            segments.add(
                new CollectionStatus.SegmentStatus(
                    shard,
                    segment.id(),
                    describe(segment, collection.schema()),
                    rows,
                    deleted,
                    covered(segment, rows, collection.schema()),
                    onDisk));
          }
        }
      }
      all.add(
          new CollectionStatus(
              collection.schema().id(),
              collection.schema().name(),
              live,
              bytes,
              segments,
              merging(collection.schema().id())));
    }
    return all;
  }

  private List<CollectionStatus.SegmentStatus> merging(long collection) {
    return work.merging().stream()
        .filter(each -> each.collection() == collection)
        .map(
            each ->
                new CollectionStatus.SegmentStatus(
                    each.shard(),
                    each.segment().id(),
                    "merging",
                    each.segment().rows(),
                    0,
                    each.covered(),
                    0))
        .toList();
  }

  /**
   * {@code memtable}; {@code frozen} until it is sealed; {@code sealed} where it has no index and
   * needs none; {@code waiting} for one; {@code indexed}.
   */
  private String describe(Segment segment, CollectionSchema schema) {
    return switch (segment) {
      case Memtable memtable -> memtable.frozenAt() > 0 ? "frozen" : "memtable";
      case SealedSegment sealed ->
          !new MaintenancePlan(options, Set.of()).missing(sealed, schema).isEmpty()
              ? "waiting"
              : sealed.indexFiles().isEmpty() ? "sealed" : "indexed";
    };
  }

  private long covered(Segment segment, int rows, CollectionSchema schema) {
    if (segment instanceof Memtable memtable) {
      return new MemtableGraphs(memtable, schema, rows, options).linked();
    }
    return describe(segment, schema).equals("indexed")
        ? segment.rows()
        : work.rowsIndexed(segment.id());
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

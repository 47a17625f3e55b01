package io.quiver.engine;

import io.quiver.engine.backup.BackupReport;
import io.quiver.engine.backup.DatabaseCopy;
import io.quiver.engine.io.DiskFiles;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.MemoryFiles;
import io.quiver.engine.log.FileWriteLog;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door of the engine: one database of one process.
 *
 * <p>Every change goes through one log and is durable and visible when its method returns. Reading
 * goes through a {@link Snapshot} and takes no lock a writer waits for. Safe for use by many
 * threads.
 */
public final class VectorEngine implements AutoCloseable {
  /** A log of more than so many files is cut by sealing every memtable. */
  private static final int LOG_FILES = 4;

  private final FileStore files;
  private final EngineOptions options;
  private final Opening.Opened opened;
  private final CommitLoop commits;
  private final Maintenance maintenance;
  private final MemtableIndexer indexer;
  private final ExecutorService searchers;
  private final AtomicLong rowNumbers;
  private final long logBytes;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantReadWriteLock pause = new ReentrantReadWriteLock();
  private volatile EngineState published;

  private VectorEngine(
      FileStore files,
      EngineOptions options,
      LogSubscriber subscriber,
      Opening.Opened opened,
      long logFileBytes) {
    this.logBytes = LOG_FILES * logFileBytes;
    this.files = files;
    this.options = options;
    this.opened = opened;
    // Each opening has numbers of its own, so that none is given twice though none is logged.
    this.rowNumbers = new AtomicLong(opened.manifest().openings() + 1 << 40);
    this.published = opened.state().state();
    published.layout().retain();
    this.searchers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().name("quiver-search-", 0).daemon().factory());
    this.commits = new CommitLoop(opened.state(), opened.log(), new Publisher(subscriber));
    this.maintenance = new Maintenance(files, options, subscriber, opened, commits);
    this.indexer = new MemtableIndexer(this::pinState, options);
  }

  /**
   * Opens the database in a directory, making it if the directory is absent or empty.
   *
   * @throws CorruptDataException if the directory is not a database, or a damaged one
   * @throws StorageException if it is open elsewhere, or cannot be read or written
   */
  public static VectorEngine open(Path directory, EngineOptions options, LogSubscriber subscriber) {
    return open(new DiskFiles(directory), options, subscriber);
  }

  /** Opens an empty database that is gone when it is closed. */
  public static VectorEngine openInMemory(EngineOptions options, LogSubscriber subscriber) {
    return open(new MemoryFiles(), options, subscriber);
  }

  private static VectorEngine open(
      FileStore files, EngineOptions options, LogSubscriber subscriber) {
    return open(files, options, subscriber, FileWriteLog.FILE_BYTES);
  }

  /** Opens the database in any store of files, with a log in files of about this length. */
  static VectorEngine open(
      FileStore files, EngineOptions options, LogSubscriber subscriber, long logFileBytes) {
    try {
      Opening.Opened opened = new Opening(files, options, subscriber, logFileBytes).open();
      VectorEngine engine = new VectorEngine(files, options, subscriber, opened, logFileBytes);
      engine.start();
      return engine;
    } catch (IOException e) {
      throw new StorageException(
          "Database "
              + files.describe("")
              + " cannot be opened: "
              + e
              + ". Check that the directory can be read and written and the disk has room.",
          e);
    }
  }

  private void start() {
    commits.start();
    try {
      maintenance.start();
      indexer.start();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Commits changes to any number of collections as one.
   *
   * @param readPosition of the snapshot the batches were computed from
   * @return the position of the commit
   * @throws DuplicateKeyException if a row expected absent exists
   * @throws WriteConflictException if a row expected unchanged was written after {@code
   *     readPosition}, or a collection was redefined
   * @throws StorageException if the log cannot be written; nothing was committed, unless the
   *     message says that this is unknown
   */
  public long commit(List<WriteBatch> batches, long readPosition) {
    checkOpen();
    return commit(PreparedCommit.of(batches, readPosition, options.deriver()));
  }

  /** Commits what is prepared; returns its position, of the last commit if there is nothing. */
  long commit(PreparedCommit commit) {
    checkOpen();
    if (commit.checks().isEmpty()) {
      return published.position();
    }
    maintenance.awaitRoom();
    indexer.awaitRoom(commit.record());
    pause.readLock().lock();
    try {
      return commits.write(commit);
    } finally {
      pause.readLock().unlock();
    }
  }

  /**
   * Runs work while nobody else commits, so that what it sees in a snapshot holds until the
   * definition it makes of it. The work itself may commit and define.
   */
  public <T> T whilePaused(Supplier<T> work) {
    pause.writeLock().lock();
    try {
      return work.get();
    } finally {
      pause.writeLock().unlock();
    }
  }

  /**
   * Commits a definition; returns its position.
   *
   * @throws IllegalArgumentException if a change does not fit the collections there are
   */
  public long define(Definition definition) {
    return define(definition, List.of());
  }

  /**
   * Commits a definition and changes to rows of the collections as it leaves them: both or neither.
   * For work done {@linkplain #whilePaused while nobody else commits}: that the rows are as the
   * changes expect is not looked at.
   *
   * @return the position of the definition
   */
  public long define(Definition definition, List<WriteBatch> batches) {
    checkOpen();
    for (SchemaChange change : definition.changes()) {
      if (change instanceof SchemaChange.Create create) {
        opened.collectionIds().accumulateAndGet(create.schema().id() + 1, Math::max);
      }
    }
    PreparedCommit rows =
        batches.isEmpty() ? null : PreparedCommit.of(batches, 0, options.deriver());
    return commits.define(definition, rows);
  }

  /** All collections as of the last commit. */
  public Snapshot snapshot() {
    return pin();
  }

  private EngineSnapshot pin() {
    checkOpen();
    return new EngineSnapshot(pinState(), options.deriver(), searchers);
  }

  /** The state of the last commit, with a lease on its layout for the caller to give back. */
  private EngineState pinState() {
    while (true) {
      EngineState state = published;
      if (state.layout().retain()) {
        return state;
      }
    }
  }

  /** Begins a transaction that reads all collections as of the last commit. */
  public Transaction begin() {
    return new Transaction(this, pin());
  }

  /** The schema of a collection as of the last commit; null if there is no such collection. */
  @Nullable CollectionSchema currentSchema(long collection) {
    CollectionLayout found = published.layout().collections().get(collection);
    return found == null ? null : found.schema();
  }

  /** Position of the last commit that is visible. */
  long snapshotPosition() {
    return published.position();
  }

  /** Position of the last commit in the log. */
  public long position() {
    return published.position();
  }

  /** Bytes of the log that are kept: what an opening reads, and a little more. */
  public long logBytes() {
    return opened.log().bytes();
  }

  /** A collection id never given before. */
  public long nextCollectionId() {
    return opened.collectionIds().getAndIncrement();
  }

  /**
   * A number for a row without a key of its own; ascending, never given before.
   *
   * @throws StorageException if the disk had no room since the database was opened
   */
  public long nextRowNumber() {
    maintenance.recordOpening();
    return rowNumbers.getAndIncrement();
  }

  /**
   * Seals, builds and merges a collection to the fewest segments; returns when every row can be
   * found by index.
   */
  public void optimize(long collection, StopSignal stop) {
    checkOpen();
    maintenance.optimize(collection, stop);
  }

  /** The state of every collection. */
  public List<CollectionStatus> status() {
    try (Snapshot pinned = snapshot()) {
      return maintenance.status(((EngineSnapshot) pinned).state());
    }
  }

  /**
   * Copies the database to a directory: every commit up to now, and none after, while others go on
   * reading and writing. The copy is a database of its own.
   *
   * @param directory new or empty
   * @throws StorageException if it holds anything, or cannot be written
   */
  public BackupReport backup(Path directory, StopSignal stop) {
    return backup(new DiskFiles(directory), stop);
  }

  /** Copies the database to any store of files. */
  BackupReport backup(FileStore target, StopSignal stop) {
    checkOpen();
    try (Checkpoint.Held held = maintenance.hold()) {
      return DatabaseCopy.write(held.files(), held.position(), target, stop);
    } catch (IOException | UncheckedIOException e) {
      throw new StorageException(
          "Database "
              + files.describe("")
              + " cannot be backed up: "
              + e.getMessage()
              + ". Make room on its disk and try again.",
          e);
    }
  }

  /** What background work has failed at and is being tried again; empty while all is well. */
  public List<String> failures() {
    return maintenance.failures();
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The engine is closed");
    }
  }

  /** Finishes what is acknowledged, stops background work, releases files. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    indexer.close();
    maintenance.close();
    commits.close();
    searchers.shutdown();
    published.layout().release();
    opened.state().layout().release();
    try {
      try {
        opened.log().close();
      } finally {
        opened.lock().close();
        files.close();
      }
    } catch (IOException e) {
      throw new StorageException(
          "Database "
              + files.describe("")
              + " was not closed cleanly: "
              + e
              + ". Every commit is kept; the next opening will check the log.",
          e);
    }
  }

  /** Makes what the writing thread did visible. */
  private final class Publisher implements CommitLoop.Listener {
    private final LogSubscriber subscriber;
    private final SealPolicy sealPolicy = new SealPolicy(options.sealRows());

    Publisher(LogSubscriber subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void publish() {
      EngineState old = published;
      EngineState next = opened.state().state();
      boolean sameLayout = next.layout() == old.layout();
      if (!sameLayout && !next.layout().retain()) {
        throw new IllegalStateException("The layout was released before it was published");
      }
      published = next;
      if (!sameLayout) {
        old.layout().release();
      }
      indexer.wake();
    }

    @Override
    public void defined(long position, byte[] catalogRecord) {
      subscriber.apply(position, catalogRecord);
    }

    @Override
    public void applied() {
      Layout layout = opened.state().layout();
      if (opened.log().bytes() > logBytes && !layout.hasFrozen()) {
        // Memtables that fill slowly would keep the log from being cut.
        if (!opened.state().freeze((schema, memtable) -> true)) {
          // Deletes and patches of sealed rows alone: all a manifest needs is in files already.
          maintenance.checkpointSoon();
        }
      } else {
        opened.state().freeze(sealPolicy);
      }
      if (opened.state().isFoldingDue()) {
        maintenance.wake();
      }
      maintenance.wake(opened.state().layout());
    }
  }
}

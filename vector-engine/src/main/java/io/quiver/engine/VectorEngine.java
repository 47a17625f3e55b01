package io.quiver.engine;

import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.WriteBatch;
import java.nio.file.Path;
import java.util.List;

/**
 * The door of the engine: one database of one process.
 *
 * <p>Every change goes through one log and is durable and visible when its method returns. Reading
 * goes through a {@link Snapshot} and takes no lock a writer waits for. Safe for use by many
 * threads.
 */
public final class VectorEngine implements AutoCloseable {
  private VectorEngine() {}

  /**
   * Opens the database in a directory, making it if the directory is absent or empty.
   *
   * @throws CorruptDataException if the directory is not a database, or a damaged one
   */
  public static VectorEngine open(Path directory, EngineOptions options, LogSubscriber subscriber) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Opens an empty database that is gone when it is closed. */
  public static VectorEngine openInMemory(EngineOptions options, LogSubscriber subscriber) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Commits changes to any number of collections as one.
   *
   * @param readPosition of the snapshot the batches were computed from
   * @return the position of the commit
   * @throws DuplicateKeyException if a row expected absent exists
   * @throws WriteConflictException if a row expected unchanged was written after {@code
   *     readPosition}, or a collection was redefined
   */
  public long commit(List<WriteBatch> batches, long readPosition) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Commits a definition; returns its position. */
  public long define(Definition definition) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** All collections as of the last commit. */
  public Snapshot snapshot() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** A collection id never given before. */
  public long nextCollectionId() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** A number for a row without a key of its own; ascending, never given before. */
  public long nextRowNumber() {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Seals, builds and merges a collection to the fewest segments; returns when every row can be
   * found by index.
   */
  public void optimize(long collection, StopSignal stop) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The state of every collection. */
  public List<CollectionStatus> status() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Finishes what is acknowledged, stops background work, releases files. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("not built yet");
  }
}

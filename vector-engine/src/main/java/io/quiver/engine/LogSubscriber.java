package io.quiver.engine;

/**
 * A second reader of the log: the catalog.
 *
 * <p>Its state is what applying the records gives. The engine keeps a snapshot of it in the
 * manifest, so the subscriber needs no store of its own.
 */
public interface LogSubscriber {
  /**
   * Start from a snapshot, before any record.
   *
   * @param snapshot from {@link #snapshot}; empty for a new database
   * @param position of the log the snapshot stands at
   */
  void restore(byte[] snapshot, long position);

  /** A definition was committed at this position; ascending, each once. */
  void apply(long position, byte[] catalogRecord);

  /** All state as of the last record applied. */
  byte[] snapshot();
}

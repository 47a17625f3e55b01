package io.quiver.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An ordered, durable list of records.
 *
 * <p>Records are numbered from 1 without gaps. For one writing thread; whoever replays does so
 * before the first append.
 */
public interface WriteLog extends Closeable {
  /** Called with each record of a replay, in order. */
  @FunctionalInterface
  interface RecordReader {
    void read(long position, LogRecord record);
  }

  /** Position of the last record; 0 if there never was one. */
  long position();

  /** Hands over every record after {@code position}, which is not before {@link #start}. */
  void replay(long position, RecordReader reader) throws IOException;

  /** Position before the oldest record still kept. */
  long start();

  /**
   * Appends records as one: after a crash all of them are there or none. Returns when they are
   * durable.
   *
   * @return the position of the first of them
   * @throws AppendFailedException if nothing was written and the log goes on as before
   * @throws LogLostException if it is not known what is on disk; the log takes no more records
   */
  long append(List<LogRecord> records) throws AppendFailedException, LogLostException;

  /** Forgets records at or before {@code position}, as far as that is cheap. */
  void forget(long position) throws IOException;

  /** Bytes kept. */
  long bytes();

  /** Marks the end, so that a later loss of the last record would be noticed. */
  @Override
  void close() throws IOException;
}

package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.RankFilter;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A store that is filled with the vectors of one set and answers k-nearest searches. */
public interface DenseContender extends AutoCloseable {
  String name();

  /** Version and parameters, for the report. */
  String configuration();

  /** Whether it can search among the rows that a filter admits. */
  default boolean filters() {
    return true;
  }

  /**
   * Prepares for searches by one thread.
   *
   * @param effort the size of the candidate list
   * @param filter null for none; peers get it as a bitset made beforehand
   */
  Searcher searcher(int effort, @Nullable RankFilter filter) throws Exception;

  @Override
  void close() throws IOException, SQLException;

  /** Searches; for one thread. */
  interface Searcher extends AutoCloseable {
    /**
     * The nearest rows by the contender's own names for them.
     *
     * @param found filled from its start; its length is k
     * @return how many were found
     */
    int search(float[] query, long[] found) throws Exception;

    /** The row number behind a name; not timed. */
    default int row(long name) {
      return (int) name;
    }

    @Override
    default void close() throws IOException, SQLException {}
  }
}

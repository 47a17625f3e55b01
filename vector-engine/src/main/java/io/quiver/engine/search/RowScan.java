package io.quiver.engine.search;

/** Rows, a batch at a time. For one thread. */
public interface RowScan {
  /**
   * Fills {@code rows} from its start.
   *
   * @return how many were filled; 0 at the end
   */
  int next(long[] rows);
}

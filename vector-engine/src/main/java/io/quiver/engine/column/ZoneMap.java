package io.quiver.engine.column;

/** The least and the greatest value of every block of {@link #ROWS} rows. */
public interface ZoneMap {
  /** Rows of a block. */
  int ROWS = 4096;

  /** The least value of a block; above {@link #max} if the block has none. */
  long min(int block);

  long max(int block);
}

package io.quiver.engine.search;

import org.jspecify.annotations.Nullable;

/**
 * Rows that a filter admits, read column by column: a batch of rows of one segment at a time, in
 * order. Columns are named by their ordinal in the schema. For one thread.
 */
public interface ColumnScan {
  /** Rows of a batch at most. */
  int BATCH = 1024;

  /** Goes to the next batch; false at the end. */
  boolean next();

  /** Rows of the batch, at least 1. */
  int count();

  /** Counts the segments from 0: codes mean the same for as long as this stays. */
  int segment();

  /** A row's name, as {@link CollectionView} takes it; {@code i} counts within the batch. */
  long name(int i);

  /** A row's value, as {@link CollectionView#value} gives it. */
  @Nullable Object value(int column, int i);

  /**
   * Tells which rows lack a value.
   *
   * @param into true where the row has none; as it was if none lacks it
   * @return whether any does
   */
  boolean nulls(int column, boolean[] into);

  /** Values of a BOOLEAN (0 and 1), INT32 or INT64 column, 0 where absent. */
  void longs(int column, long[] into);

  /** Values of a FLOAT32 or FLOAT64 column, 0 where absent. */
  void doubles(int column, double[] into);

  /**
   * How many different values this segment keeps the column's rows as codes of; -1 if it does not.
   */
  int codes(int column);

  /** Codes of a column that has them, from 0 to {@link #codes(int)} - 1; 0 where absent. */
  void codes(int column, int[] into);

  /** The value that a code of this segment stands for. */
  String decode(int column, int code);
}

package io.quiver.engine.filter;

import io.quiver.engine.search.RowBitmap;

/**
 * A filter compiled against the columns of one segment. For one thread.
 *
 * <p>Every condition can test a row; a leaf can also test up to 64 at once, judge a block by its
 * zone map, and answer from an index, where it has one.
 */
abstract class Condition {
  /** What a zone map says of the rows of a block that have a value. */
  enum Zone {
    NONE,
    SOME,
    ALL
  }

  /** Whether the row qualifies. */
  abstract boolean holds(int row);

  /** Which of {@code count} rows from {@code from} on qualify, the first at bit 0. */
  long word(int from, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      if (holds(from + i)) {
        bits |= 1L << i;
      }
    }
    return bits;
  }

  /** What is known of a block of {@link io.quiver.engine.column.ZoneMap#ROWS} rows. */
  Zone zone(int block) {
    return Zone.SOME;
  }

  /** Which rows of a block's word qualify if {@link #zone} says all that have a value do. */
  long present(int word) {
    throw new IllegalStateException("no zones");
  }

  /** How many rows qualify, if an index tells; -1 if not. */
  long indexedCount() {
    return -1;
  }

  /** The rows that qualify, by an index; asked only if {@link #indexedCount} is not -1. */
  RowBitmap indexed() {
    throw new IllegalStateException("no index");
  }

  /** Roughly what a test of a row costs, to order conjuncts by; code of others comes last. */
  abstract int cost();

  static final int NO_COST = 0;
  static final int KEY_COST = 1;
  static final int BYTES_COST = 10;
  static final int FOREIGN_COST = 1_000_000;
}

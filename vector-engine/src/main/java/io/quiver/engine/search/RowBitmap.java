package io.quiver.engine.search;

import java.util.Arrays;

/**
 * A set of row ids of one segment, one bit a row.
 *
 * <p>Filters reach an index in this form, with their exact cardinality. The words may be read
 * directly in hot loops; whoever makes a bitmap owns it until it is handed on, and nobody changes
 * it afterwards.
 */
public final class RowBitmap {
  private final long[] words;
  private final int rows;
  private int cardinality = -1;

  /** An empty set over {@code rows} rows. */
  public RowBitmap(int rows) {
    this(new long[(rows + 63) >>> 6], rows);
  }

  /** Wraps words; bits at and beyond {@code rows} must be clear. */
  public RowBitmap(long[] words, int rows) {
    this.words = words;
    this.rows = rows;
  }

  /** Every row. */
  public static RowBitmap full(int rows) {
    RowBitmap bitmap = new RowBitmap(rows);
    Arrays.fill(bitmap.words, -1L);
    if ((rows & 63) != 0) {
      bitmap.words[bitmap.words.length - 1] = (1L << (rows & 63)) - 1;
    }
    return bitmap;
  }

  public boolean contains(int row) {
    return (words[row >>> 6] >>> (row & 63) & 1) != 0;
  }

  public void add(int row) {
    words[row >>> 6] |= 1L << (row & 63);
    cardinality = -1;
  }

  public void remove(int row) {
    words[row >>> 6] &= ~(1L << (row & 63));
    cardinality = -1;
  }

  /** Keeps the rows that are also in the other. */
  public void intersect(RowBitmap other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words[i];
    }
    cardinality = -1;
  }

  /** Adds the rows of the other. */
  public void union(RowBitmap other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
    cardinality = -1;
  }

  /** Removes the rows of the other. */
  public void subtract(RowBitmap other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~other.words[i];
    }
    cardinality = -1;
  }

  public RowBitmap copy() {
    return new RowBitmap(words.clone(), rows);
  }

  /** How many rows are in the set; counted once, then kept until it changes. */
  public int cardinality() {
    if (cardinality < 0) {
      int sum = 0;
      for (long word : words) {
        sum += Long.bitCount(word);
      }
      cardinality = sum;
    }
    return cardinality;
  }

  /** The first row at or after {@code from}, which may be past the last, that is in it, or -1. */
  public int next(int from) {
    int word = from >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long bits = words[word] & (-1L << (from & 63));
    while (bits == 0) {
      if (++word == words.length) {
        return -1;
      }
      bits = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** How many rows the segment has, in the set or not. */
  public int rows() {
    return rows;
  }

  /** The bits themselves, row {@code r} at bit {@code r & 63} of word {@code r >>> 6}. */
  public long[] words() {
    return words;
  }
}

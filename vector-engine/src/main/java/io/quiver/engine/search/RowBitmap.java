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

  /** How many rows from {@code from} to before {@code to} are in the set. */
  public int count(int from, int to) {
    int first = from >>> 6;
    int last = Math.min((to + 63) >>> 6, words.length) - 1;
    int sum = 0;
    for (int i = first; i <= last; i++) {
      sum += Long.bitCount(words[i] & within(i, from, to));
    }
    return sum;
  }

  /** The rows from {@code from} to before {@code to}, the first of them as row 0. */
  public RowBitmap slice(int from, int to) {
    RowBitmap slice = new RowBitmap(to - from);
    int shift = from & 63;
    for (int i = 0; i < slice.words.length; i++) {
      int at = (from >>> 6) + i;
      long low = at < words.length ? words[at] >>> shift : 0;
      long high = shift > 0 && at + 1 < words.length ? words[at + 1] << (Long.SIZE - shift) : 0;
      slice.words[i] = (low | high) & within(i, 0, to - from);
    }
    return slice;
  }

  /** Takes the rows from {@code from} to before {@code to} out. */
  public void removeAll(int from, int to) {
    int last = Math.min((to + 63) >>> 6, words.length) - 1;
    for (int i = from >>> 6; i <= last; i++) {
      words[i] &= ~within(i, from, to);
    }
    cardinality = -1;
  }

  /** Those bits of a word that stand for rows from {@code from} to before {@code to}. */
  private static long within(int word, int from, int to) {
    long bits = -1;
    if (from > word << 6) {
      bits &= -1L << (from & 63);
    }
    if (to < (word + 1) << 6) {
      bits &= (1L << (to & 63)) - 1;
    }
    return bits;
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

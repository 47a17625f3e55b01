package io.quiver.engine.filter;

import io.quiver.engine.column.Column;
import io.quiver.engine.search.RowBitmap;

/** Rows in words of 64, as bitmaps and presence bits have them. */
final class RowBlock {
  /** Rows of a word. */
  static final int WORD = 64;

  private RowBlock() {}

  /** Rows of a word that exist. */
  static int count(int word, int rows) {
    return Math.min(WORD, rows - word * WORD);
  }

  /** A bit for each row of a word that exists. */
  static long mask(int word, int rows) {
    return -1L >>> (WORD - count(word, rows));
  }

  /** The rows that have a value. */
  static RowBitmap present(Column column, int rows) {
    RowBitmap present = new RowBitmap(rows);
    long[] words = present.words();
    for (int word = 0; word < words.length; word++) {
      words[word] = column.presence(word) & mask(word, rows);
    }
    return present;
  }
}

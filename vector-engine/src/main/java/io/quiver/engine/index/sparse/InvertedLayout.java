package io.quiver.engine.index.sparse;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.ValueLayout;

/**
 * Where the parts of an inverted index lie, in bytes from its start. {@code docs/format.md}
 * describes the parts.
 *
 * @param terms distinct terms
 * @param entries pairs of a term and a window it occurs in
 * @param blockGroups entries that have block maxima
 * @param postings pairs of a term and a row
 */
record InvertedLayout(int terms, int entries, int blockGroups, long postings) {
  static final int MAGIC = 0x564e4951; // "QINV"
  static final int VERSION = 1;
  static final int PRODUCT = 0;
  static final int BM25 = 1;

  /** Rows of a window: as many as a float accumulator of half a first-level cache holds. */
  static final int WINDOW_SHIFT = 12;

  static final int WINDOW_ROWS = 1 << WINDOW_SHIFT;

  /** Rows of a block; sixteen blocks make a window. */
  static final int BLOCK_SHIFT = 8;

  static final int BLOCKS = 1 << (WINDOW_SHIFT - BLOCK_SHIFT);

  /** Entries of at least this many postings have block maxima; for others they are read off. */
  static final int BLOCKED_COUNT = 64;

  static final long MAGIC_AT = 0;
  static final long VERSION_AT = 4;
  static final long KIND_AT = 8;
  static final long ROWS_AT = 12;
  static final long TERMS_AT = 16;
  static final long ENTRIES_AT = 20;
  static final long BLOCK_GROUPS_AT = 24;
  static final long DOCUMENTS_AT = 28;
  static final long POSTINGS_AT = 32;
  static final long K1_AT = 40;
  static final long B_AT = 48;
  static final long TOTAL_LENGTH_AT = 56;
  static final long HEADER_BYTES = 64;

  static final ValueLayout.OfShort SHORT = LittleEndian.SHORT;
  static final ValueLayout.OfInt INT = LittleEndian.INT;
  static final ValueLayout.OfLong LONG = LittleEndian.LONG;
  static final ValueLayout.OfFloat FLOAT = LittleEndian.FLOAT;
  static final ValueLayout.OfDouble DOUBLE = JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** i32 a term: the terms, ascending. */
  long termIndex() {
    return HEADER_BYTES;
  }

  /** f32 a term: what one unit of a stored impact stands for. */
  long termScale() {
    return CacheLine.align(termIndex() + 4L * terms);
  }

  /** i32 a term and one more: its first entry. */
  long termEntry() {
    return CacheLine.align(termScale() + 4L * terms);
  }

  /** i64 a term and one more: its first posting. */
  long termPosting() {
    return CacheLine.align(termEntry() + 4L * (terms + 1L));
  }

  /** i32 an entry: window in the upper 24 bits, largest impact in the lower 8. */
  long entryWindow() {
    return CacheLine.align(termPosting() + 8L * (terms + 1L));
  }

  /** i32 an entry: its first posting, counted from the term's first. */
  long entryStart() {
    return CacheLine.align(entryWindow() + 4L * entries);
  }

  /** i32 an entry: its group of block maxima, or -1. */
  long entryBlocks() {
    return CacheLine.align(entryStart() + 4L * entries);
  }

  /** Sixteen u8 a group: the largest impact in each block of the window, 0 where there is none. */
  long blocks() {
    return CacheLine.align(entryBlocks() + 4L * entries);
  }

  /** u16 a posting: row within its window, ascending within an entry. */
  long ids() {
    return CacheLine.align(blocks() + (long) BLOCKS * blockGroups);
  }

  /** u8 a posting: impact, 1 to 255, rounded up. */
  long impacts() {
    return CacheLine.align(ids() + 2 * postings);
  }

  /** Bytes in all. */
  long bytes() {
    return CacheLine.align(impacts() + postings);
  }
}

package io.quiver.engine;

import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import java.util.List;
import java.util.Set;

/**
 * Walks the segments one after the other and in each the rows that a filter admits, filtering each
 * segment when it is reached. For one thread.
 */
final class AdmittedRows {
  private static final RowBitmap NONE = new RowBitmap(0);

  private final List<SegmentView> segments;
  private final Set<Integer> shards;
  private final RowFilter filter;
  private final StopSignal stop;
  private int place = -1;
  private RowBitmap admitted = NONE;
  private int word;
  private long bits;

  /**
   * @param shards that the filter can have rows in
   */
  AdmittedRows(List<SegmentView> segments, Set<Integer> shards, RowFilter filter, StopSignal stop) {
    this.segments = segments;
    this.shards = shards;
    this.filter = filter;
    this.stop = stop;
  }

  /** Goes to the next segment that can have rows; false if there is none. */
  boolean nextSegment() {
    do {
      place++;
    } while (place < segments.size() && !segments.get(place).isOf(shards));
    if (place >= segments.size()) {
      admitted = NONE;
      word = 0;
      bits = 0;
      return false;
    }
    admitted = segments.get(place).qualifying(filter, stop);
    word = 0;
    bits = admitted.words().length == 0 ? 0 : admitted.words()[0];
    return true;
  }

  /** Place of the segment in the list. */
  int place() {
    return place;
  }

  SegmentView segment() {
    return segments.get(place);
  }

  /**
   * The next rows of this segment, ascending.
   *
   * @param rows filled from {@code from} on
   * @return how many there were, 0 at the segment's end
   */
  int fill(int[] rows, int from) {
    long[] words = admitted.words();
    int filled = from;
    while (filled < rows.length) {
      while (bits == 0) {
        if (word + 1 >= words.length) {
          return filled - from;
        }
        bits = words[++word];
      }
      if (bits == -1 && rows.length - filled >= 64) {
        for (int i = 0; i < 64; i++) {
          rows[filled + i] = (word << 6) + i;
        }
        filled += 64;
        bits = 0;
      } else {
        rows[filled++] = (word << 6) + Long.numberOfTrailingZeros(bits);
        bits &= bits - 1;
      }
    }
    return filled - from;
  }
}

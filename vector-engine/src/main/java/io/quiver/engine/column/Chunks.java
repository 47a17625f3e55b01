package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Records of one width in chunks of off-heap memory that start as zeros and are never moved.
 *
 * <p>The array of chunks is replaced when it grows, through a plain field: whoever learns of a
 * record learns of the array with it.
 */
final class Chunks {
  private static final int ALIGNMENT = 64;

  private final Arena arena;
  private final int width;
  private final int shift;
  private final int mask;
  private MemorySegment[] chunks = new MemorySegment[0];

  /**
   * @param width bytes of a record
   * @param records of a chunk, a power of two
   */
  Chunks(Arena arena, int width, int records) {
    this.arena = arena;
    this.width = width;
    this.shift = Integer.numberOfTrailingZeros(records);
    this.mask = records - 1;
  }

  /** Makes room for a record, where all before it have theirs. */
  void ensure(int record) {
    int chunk = record >>> shift;
    if (chunk == chunks.length) {
      MemorySegment[] more = Arrays.copyOf(chunks, chunk + 1);
      more[chunk] = arena.allocate((long) width << shift, ALIGNMENT);
      chunks = more;
    }
  }

  int shift() {
    return shift;
  }

  MemorySegment chunk(int chunk) {
    return chunks[chunk];
  }

  /** The chunk a record is in. */
  MemorySegment of(int record) {
    return chunks[record >>> shift];
  }

  /** Where a record starts in its chunk. */
  long offset(int record) {
    return (long) (record & mask) * width;
  }

  long bytes() {
    return ((long) width << shift) * chunks.length;
  }

  long longAt(int record) {
    return of(record).get(LittleEndian.LONG, offset(record));
  }

  void setLong(int record, long value) {
    of(record).set(LittleEndian.LONG, offset(record), value);
  }
}

package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Strings as UTF-8, binary values, UUIDs. Compared byte by byte without sign, which for UTF-8 is
 * the order of code points.
 */
public interface BytesColumn extends Column {
  /** Number of bytes; 0 where absent. */
  int length(int row);

  /** The memory the row's bytes lie in. */
  MemorySegment segment(int row);

  /** Where the row's bytes start in {@link #segment}. */
  long offset(int row);

  /** The distinct values in order, where rows are kept as codes into them. */
  default @Nullable Dictionary dictionary() {
    return null;
  }

  /** Codes of the rows; present exactly if {@link #dictionary()} is. */
  default @Nullable CodeReader codes() {
    return null;
  }

  /** Bounds of the codes block by block, where they are kept. */
  default @Nullable ZoneMap zones() {
    return null;
  }

  /** A copy of the row's bytes. */
  default byte[] bytes(int row) {
    byte[] bytes = new byte[length(row)];
    MemorySegment.copy(segment(row), LittleEndian.BYTE, offset(row), bytes, 0, bytes.length);
    return bytes;
  }

  /** Compares the row's bytes with others, as {@link Integer#signum} of the difference would. */
  default int compare(int row, MemorySegment other) {
    return ByteOrder.compare(segment(row), offset(row), length(row), other, 0, other.byteSize());
  }

  /** Compares the bytes of two rows. */
  default int compareRows(int a, int b) {
    return ByteOrder.compare(segment(a), offset(a), length(a), segment(b), offset(b), length(b));
  }
}

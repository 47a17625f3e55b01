package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Distinct byte strings in ascending order; the code of one is its position. */
public interface Dictionary {
  int size();

  /** Number of bytes of an entry. */
  int length(int code);

  /** The memory all entries lie in. */
  MemorySegment segment();

  /** Where an entry starts in {@link #segment}. */
  long offset(int code);

  /** A copy of an entry. */
  default byte[] bytes(int code) {
    byte[] bytes = new byte[length(code)];
    MemorySegment.copy(segment(), LittleEndian.BYTE, offset(code), bytes, 0, bytes.length);
    return bytes;
  }

  /** The first code whose entry is not below {@code value}; {@link #size()} if all are. */
  default int ceiling(MemorySegment value) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The code of an entry, or -1. */
  default int find(MemorySegment value) {
    int code = ceiling(value);
    return code < size() && compare(code, value) == 0 ? code : -1;
  }

  /** Compares an entry with a value. */
  default int compare(int code, MemorySegment value) {
    return ByteOrder.compare(segment(), offset(code), length(code), value, 0, value.byteSize());
  }
}

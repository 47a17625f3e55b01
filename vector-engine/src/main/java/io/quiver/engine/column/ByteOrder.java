package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;

/** The order of byte strings: byte by byte without sign, a prefix first. */
final class ByteOrder {
  private ByteOrder() {}

  static int compare(
      MemorySegment a, long aOffset, long aLength, MemorySegment b, long bOffset, long bLength) {
    long at = MemorySegment.mismatch(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
    if (at < 0) {
      return 0;
    }
    if (at == aLength || at == bLength) {
      return Long.compare(aLength, bLength);
    }
    return Byte.compareUnsigned(
        a.get(LittleEndian.BYTE, aOffset + at), b.get(LittleEndian.BYTE, bOffset + at));
  }
}

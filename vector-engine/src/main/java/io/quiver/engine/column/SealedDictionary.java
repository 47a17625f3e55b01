package io.quiver.engine.column;

import java.lang.foreign.MemorySegment;

/** A dictionary in a sealed column: offsets and bytes, ascending without equals. */
final class SealedDictionary implements Dictionary {
  private final int size;
  private final MemorySegment bytes;
  private final Offsets offsets;

  SealedDictionary(Parts parts) {
    this.bytes = parts.part(SealedColumn.DICTIONARY_BYTES);
    this.size = size(parts);
    this.offsets = Offsets.map(parts, SealedColumn.DICTIONARY_OFFSETS, size, bytes.byteSize());
    for (int code = 1; code < size; code++) {
      boolean ascends =
          ByteOrder.compare(
                  bytes, offset(code - 1), length(code - 1), bytes, offset(code), length(code))
              < 0;
      parts.check(ascends, "its dictionary is not in order");
    }
  }

  /** Offsets are wide exactly where the bytes need it, so their number follows from their part. */
  private int size(Parts parts) {
    long offsetBytes = parts.part(SealedColumn.DICTIONARY_OFFSETS).byteSize();
    boolean wide = bytes.byteSize() > Integer.MAX_VALUE;
    long count = offsetBytes / (wide ? Long.BYTES : Integer.BYTES) - 1;
    parts.check(count >= 0 && count <= Integer.MAX_VALUE - 8, "its dictionary has no size");
    return (int) count;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int length(int code) {
    return offsets.length(code);
  }

  @Override
  public MemorySegment segment() {
    return bytes;
  }

  @Override
  public long offset(int code) {
    return offsets.at(code);
  }
}

package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Where things of varying length start: one more ascending number than there are things. */
public final class Offsets {
  private final MemorySegment offsets;
  private final boolean wide;

  private Offsets(MemorySegment offsets, boolean wide) {
    this.offsets = offsets;
    this.wide = wide;
  }

  /**
   * Reads offsets of {@code count} things, in four or eight bytes each as the part's length tells.
   *
   * @param total what the last must be
   */
  public static Offsets map(Parts parts, int part, int count, long total) {
    MemorySegment memory = parts.part(part);
    boolean wide = memory.byteSize() == (count + 1L) * Long.BYTES;
    parts.check(
        wide || memory.byteSize() == (count + 1L) * Integer.BYTES,
        "part " + part + " has " + memory.byteSize() + " bytes for " + count + " offsets");
    Offsets offsets = new Offsets(memory, wide);
    long before = 0;
    for (int i = 0; i <= count; i++) {
      long offset = offsets.at(i);
      parts.check(offset >= before && offset - before <= Integer.MAX_VALUE, "offsets descend");
      before = offset;
    }
    parts.check(offsets.at(0) == 0 && before == total, "offsets end at " + before);
    return offsets;
  }

  public long at(int index) {
    return wide
        ? offsets.get(LittleEndian.LONG, (long) index * Long.BYTES)
        : offsets.get(LittleEndian.INT, (long) index * Integer.BYTES);
  }

  public int length(int index) {
    return (int) (at(index + 1) - at(index));
  }

  /** How long the thing at a position is. */
  @FunctionalInterface
  public interface Lengths {
    long length(int index);
  }

  /** Writes the offsets of {@code count} things. */
  public static void write(PartsWriter writer, int part, int count, Lengths lengths)
      throws IOException {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += lengths.length(i);
    }
    boolean wide = total > Integer.MAX_VALUE;
    writer.part(part);
    long offset = 0;
    for (int i = 0; i <= count; i++) {
      if (wide) {
        writer.putLong(offset);
      } else {
        writer.putInt((int) offset);
      }
      offset += i < count ? lengths.length(i) : 0;
    }
  }
}

package io.quiver.engine.io;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), which processors compute in hardware. */
public final class Checksum {
  private static final long PIECE = 1 << 30;

  private final CRC32C crc = new CRC32C();

  public static int of(MemorySegment bytes) {
    return new Checksum().add(bytes).value();
  }

  public Checksum add(MemorySegment bytes) {
    for (long at = 0; at < bytes.byteSize(); at += PIECE) {
      crc.update(bytes.asSlice(at, Math.min(PIECE, bytes.byteSize() - at)).asByteBuffer());
    }
    return this;
  }

  public Checksum add(byte[] bytes, int from, int count) {
    crc.update(bytes, from, count);
    return this;
  }

  /** A number, in little-endian order. */
  public Checksum add(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      crc.update((int) (value >>> shift) & 0xff);
    }
    return this;
  }

  public int value() {
    return (int) crc.getValue();
  }
}

package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Dictionary codes without sign in one, two or four bytes, as the dictionary's size asks. */
final class SealedCodes implements CodeReader {
  private final MemorySegment codes;
  private final int width;

  /** Reads {@code count} codes, each of which must be below {@code dictionarySize}. */
  SealedCodes(Parts parts, long count, int dictionarySize) {
    this.width = width(dictionarySize);
    this.codes = parts.part(SealedColumn.VALUES, count * width);
    int limit = Math.max(1, dictionarySize);
    for (long i = 0; i < count; i++) {
      parts.check(Integer.compareUnsigned(code(i), limit) < 0, "a code is out of range");
    }
  }

  static int width(int dictionarySize) {
    if (dictionarySize <= 1 << 8) {
      return Byte.BYTES;
    }
    return dictionarySize <= 1 << 16 ? Short.BYTES : Integer.BYTES;
  }

  static void put(PartsWriter writer, int width, int code) throws IOException {
    switch (width) {
      case Byte.BYTES -> writer.putByte((byte) code);
      case Short.BYTES -> writer.putShort((short) code);
      default -> writer.putInt(code);
    }
  }

  @Override
  public int code(long position) {
    return switch (width) {
      case Byte.BYTES -> codes.get(LittleEndian.BYTE, position) & 0xFF;
      case Short.BYTES -> codes.get(LittleEndian.SHORT, position * Short.BYTES) & 0xFFFF;
      default -> codes.get(LittleEndian.INT, position * Integer.BYTES);
    };
  }

  @Override
  public void read(long from, int count, long[] into) {
    switch (width) {
      case Byte.BYTES -> {
        for (int i = 0; i < count; i++) {
          into[i] = codes.get(LittleEndian.BYTE, from + i) & 0xFF;
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < count; i++) {
          into[i] = codes.get(LittleEndian.SHORT, (from + i) * Short.BYTES) & 0xFFFF;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[i] = codes.get(LittleEndian.INT, (from + i) * Integer.BYTES);
        }
      }
    }
  }
}

package io.quiver.engine.log;

import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.io.Checksum;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What one append writes: the records of a group of commits under one checksum.
 *
 * <p>The next frame is written only after this one was forced. So a damaged frame that has a whole
 * one behind it was damaged later, while a damaged last frame is what a power cut leaves.
 *
 * <pre>
 * u32 length of body | u32 crc | u32 crc of the frame before | u32 records | u64 first position
 * body: for each record u32 length | u32 type | payload | zeros to a multiple of 8
 * </pre>
 *
 * The checksum covers the file's seed, every field but itself, and the body.
 */
final class LogFrame {
  static final int HEADER_BYTES = 24;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private LogFrame() {}

  /** Bytes of a frame; it ends a file cleanly if there are no records. */
  static ByteWriter encode(List<LogRecord> records, long first, int previousCrc, long seed) {
    long size = HEADER_BYTES;
    for (LogRecord record : records) {
      size += record.payload().length + 16L;
    }
    if (size > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("A group of commits is larger than 2 GiB");
    }
    ByteWriter frame = new ByteWriter((int) size);
    frame.putInt(0).putInt(0).putInt(previousCrc).putInt(records.size()).putLong(first);
    for (LogRecord record : records) {
      frame.putInt(record.payload().length).putInt(record.type().code());
      frame.putRaw(record.payload()).align(8);
    }
    frame.setInt(0, frame.size() - HEADER_BYTES);
    frame.setInt(4, crc(frame.content(), 0, seed));
    return frame;
  }

  private static int crc(MemorySegment file, long at, long seed) {
    int length = file.get(INT, at);
    return new Checksum()
        .add(seed)
        .add(file.asSlice(at, 4))
        .add(file.asSlice(at + 8, HEADER_BYTES - 8L + length))
        .value();
  }

  /** Whether a whole frame, of any position after {@code position}, stands at {@code at}. */
  static boolean isWhole(MemorySegment file, long at, long position, long seed) {
    if (at + HEADER_BYTES > file.byteSize()) {
      return false;
    }
    long length = file.get(INT, at);
    return length >= 0
        && (length & 7) == 0
        && at + HEADER_BYTES + length <= file.byteSize()
        && file.get(LONG, at + 16) > position
        && records(file, at) >= 0
        && crc(file, at, seed) == storedCrc(file, at);
  }

  static int storedCrc(MemorySegment file, long at) {
    return file.get(INT, at + 4);
  }

  static int previousCrc(MemorySegment file, long at) {
    return file.get(INT, at + 8);
  }

  static int records(MemorySegment file, long at) {
    return file.get(INT, at + 12);
  }

  static long firstPosition(MemorySegment file, long at) {
    return file.get(LONG, at + 16);
  }

  /** Where the frame at {@code at}, which is whole, ends. */
  static long end(MemorySegment file, long at) {
    return at + HEADER_BYTES + file.get(INT, at);
  }

  /** Hands over those records of a whole frame that come after {@code position}. */
  static void read(MemorySegment file, long at, long position, WriteLog.RecordReader reader) {
    long next = at + HEADER_BYTES;
    long first = firstPosition(file, at);
    for (int i = 0; i < records(file, at); i++) {
      int length = file.get(INT, next);
      if (first + i > position) {
        byte[] payload = file.asSlice(next + 8, length).toArray(ValueLayout.JAVA_BYTE);
        reader.read(first + i, new LogRecord(LogRecord.Type.of(file.get(INT, next + 4)), payload));
      }
      next += (8L + length + 7) & ~7L;
    }
  }
}

package io.quiver.engine.log;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.io.Checksum;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.StoredFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One file of the log: a header, then frames.
 *
 * <pre>
 * header 64 bytes: magic "QVRLOG\0\0" | u32 version | u32 0 | u64 database | u64 first position | zeros
 *        | u32 crc
 * frames from byte 64 on: see {@link LogFrame}
 * </pre>
 *
 * @param path of the file
 * @param first position of the first record it can hold
 */
record LogFile(FileStore files, String path, long database, long first) {
  static final String DIRECTORY = "log";
  private static final String SUFFIX = ".log";
  private static final long MAGIC = 0x0000474F4C525651L;
  private static final int VERSION = 1;
  static final int HEADER_BYTES = 64;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Where reading a file has come to. */
  record Tail(long position, long end, int crc, boolean closed) {}

  static String path(long first) {
    return DIRECTORY + "/" + String.format("%020d", first) + SUFFIX;
  }

  /** The first position in a file's name, or -1 if it is not the name of a log file. */
  static long firstPosition(String name) {
    if (!name.endsWith(SUFFIX) || name.length() != 20 + SUFFIX.length()) {
      return -1;
    }
    long first = 0;
    for (int i = 0; i < 20; i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      first = first * 10 + (digit - '0');
    }
    return first;
  }

  /** Mixed into every checksum, so that frames of another file or database are never whole here. */
  long seed() {
    return (database ^ first * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
  }

  /** Makes the file with its header, durable under its name once the directory is synced. */
  void create() throws IOException {
    String unfinished = path + ".tmp";
    files.delete(unfinished);
    ByteWriter header = new ByteWriter(HEADER_BYTES);
    header.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(database).putLong(first);
    header.align(HEADER_BYTES);
    header.setInt(HEADER_BYTES - 4, Checksum.of(header.content().asSlice(0, HEADER_BYTES - 4)));
    try (StoredFile file = files.create(unfinished)) {
      file.write(header.content(), 0);
      file.force();
    }
    files.rename(unfinished, path);
  }

  /**
   * Reads all frames, handing over the records after {@code position}.
   *
   * @param last whether no file follows, so that a damaged end may be what a power cut left
   * @return the end of the last whole frame
   */
  Tail read(long position, boolean last, WriteLog.RecordReader reader) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment file = files.map(path, arena);
      checkHeader(file);
      Tail tail = new Tail(first - 1, HEADER_BYTES, 0, true);
      while (tail.end < file.byteSize()) {
        long at = tail.end;
        if (!LogFrame.isWhole(file, at, tail.position, seed())
            || LogFrame.previousCrc(file, at) != tail.crc
            || LogFrame.firstPosition(file, at) != tail.position + 1) {
          if (!last || hasWholeFrameAfter(file, at, tail.position)) {
            throw damaged(at, tail.position + 1);
          }
          return tail;
        }
        LogFrame.read(file, at, position, reader);
        int records = LogFrame.records(file, at);
        tail =
            new Tail(
                tail.position + records,
                LogFrame.end(file, at),
                LogFrame.storedCrc(file, at),
                records == 0);
      }
      return tail;
    }
  }

  private void checkHeader(MemorySegment file) {
    if (file.byteSize() < HEADER_BYTES
        || file.get(LONG, 0) != MAGIC
        || file.get(INT, HEADER_BYTES - 4) != Checksum.of(file.asSlice(0, HEADER_BYTES - 4))) {
      throw new CorruptDataException(
          "Log file "
              + files.describe(path)
              + " cannot be read: its header is damaged. Restore the database from a backup.");
    }
    if (file.get(INT, 8) != VERSION) {
      throw new CorruptDataException(
          "Log file "
              + files.describe(path)
              + " has format version "
              + file.get(INT, 8)
              + "; this engine reads version "
              + VERSION
              + ". Open the database with the Quiver release that wrote it.");
    }
    if (file.get(LONG, 16) != database || file.get(LONG, 24) != first) {
      throw new CorruptDataException(
          "Log file "
              + files.describe(path)
              + " belongs to another database or had another name. Put the right file back, or"
              + " restore the database from a backup.");
    }
  }

  private boolean hasWholeFrameAfter(MemorySegment file, long at, long position) {
    for (long next = at + 8; next + LogFrame.HEADER_BYTES <= file.byteSize(); next += 8) {
      if (LogFrame.isWhole(file, next, position, seed())) {
        return true;
      }
    }
    return false;
  }

  private CorruptDataException damaged(long at, long position) {
    return new CorruptDataException(
        "Log file "
            + files.describe(path)
            + " is damaged at byte "
            + at
            + ", where the record of position "
            + position
            + " should be, and more was committed after it. Restore the database from a backup;"
            + " moving away this file and all later ones gives up what they hold and opens the"
            + " rest.");
  }
}

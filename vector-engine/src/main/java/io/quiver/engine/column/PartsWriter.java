package io.quiver.engine.column;

import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Writes a section made of numbered parts: the parts one after the other, each at a multiple of 64
 * bytes, then a directory, then a tail of fixed size. {@link Parts} reads it.
 */
public final class PartsWriter {
  static final int MAGIC = 0x53545051; // "QPTS"
  static final int ALIGNMENT = 64;
  static final int ENTRY_BYTES = 24;
  static final int TAIL_BYTES = 24;
  static final int MAX_PARTS = 16;
  private static final int BUFFER_BYTES = 64 << 10;

  private final ByteSink sink;
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[BUFFER_BYTES]);
  private final MemorySegment directory = MemorySegment.ofArray(new byte[MAX_PARTS * ENTRY_BYTES]);
  private int parts;
  private int buffered;
  private long start;

  public PartsWriter(ByteSink sink) {
    this.sink = sink;
  }

  /** Starts a part; the one before it is complete. */
  public PartsWriter part(int id) throws IOException {
    endPart();
    sink.align(ALIGNMENT);
    start = sink.position();
    long entry = (long) parts++ * ENTRY_BYTES;
    directory.set(LittleEndian.INT, entry, id);
    directory.set(LittleEndian.LONG, entry + 8, start);
    return this;
  }

  private void endPart() throws IOException {
    if (parts == 0) {
      return;
    }
    flush();
    long entry = (long) (parts - 1) * ENTRY_BYTES;
    directory.set(LittleEndian.LONG, entry + 16, sink.position() - start);
  }

  private void flush() throws IOException {
    if (buffered > 0) {
      sink.write(buffer.asSlice(0, buffered));
      buffered = 0;
    }
  }

  private long room(int bytes) throws IOException {
    if (buffered + bytes > BUFFER_BYTES) {
      flush();
    }
    int at = buffered;
    buffered += bytes;
    return at;
  }

  public void putByte(byte value) throws IOException {
    buffer.set(LittleEndian.BYTE, room(Byte.BYTES), value);
  }

  public void putShort(short value) throws IOException {
    buffer.set(LittleEndian.SHORT, room(Short.BYTES), value);
  }

  public void putInt(int value) throws IOException {
    buffer.set(LittleEndian.INT, room(Integer.BYTES), value);
  }

  public void putLong(long value) throws IOException {
    buffer.set(LittleEndian.LONG, room(Long.BYTES), value);
  }

  /** Writes bytes as they are. */
  public void put(MemorySegment source, long offset, long length) throws IOException {
    if (length <= BUFFER_BYTES / 4) {
      MemorySegment.copy(source, offset, buffer, room((int) length), length);
    } else {
      flush();
      sink.write(source.asSlice(offset, length));
    }
  }

  /** Bytes of the part so far. */
  public long position() {
    return sink.position() - start + buffered;
  }

  /**
   * Ends the section.
   *
   * @param encoding what the parts mean
   * @param rows of the segment
   * @param present rows that have a value
   */
  public void finish(int encoding, int rows, int present) throws IOException {
    endPart();
    sink.align(ALIGNMENT);
    MemorySegment tail = MemorySegment.ofArray(new byte[TAIL_BYTES]);
    tail.set(LittleEndian.INT, 0, parts);
    tail.set(LittleEndian.INT, 4, encoding);
    tail.set(LittleEndian.INT, 8, rows);
    tail.set(LittleEndian.INT, 12, present);
    tail.set(LittleEndian.INT, 16, MAGIC);
    MemorySegment entries = directory.asSlice(0, (long) parts * ENTRY_BYTES);
    sink.write(entries);
    sink.write(tail);
  }
}

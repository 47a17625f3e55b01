package io.quiver.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of named sections, from its start to its end.
 *
 * <pre>
 * header   64 bytes: magic "QVRFILE\0" | u32 version | u32 kind | u64 database | u64 owner | zeros | u32 crc
 * sections each at a multiple of its alignment, zeros between
 * table    for each section: u32 length of name | name | u64 offset | u64 length | u32 crc
 * footer   32 bytes: u64 offset of table | u64 length of file | u32 length of table | u32 crc of table
 *          | u32 magic "QEND" | u32 crc of the 28 bytes before
 * </pre>
 */
public final class SectionFileWriter implements Closeable {
  static final long MAGIC = 0x00454C4946525651L;
  static final int END_MAGIC = 0x444E4551;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 64;
  static final int FOOTER_BYTES = 32;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int PIECE_BYTES = 1 << 16;

  private record Section(String name, long offset, long length, int crc) {}

  private final StoredFile file;
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[BUFFER_BYTES]);
  private final List<Section> sections = new ArrayList<>();
  private long flushed;
  private int buffered;
  private @Nullable SectionSink open;

  /**
   * Starts a file.
   *
   * @param database id of the database, so that a file of another is noticed
   * @param owner id of the segment the file belongs to
   */
  public SectionFileWriter(FileStore files, String path, FileKind kind, long database, long owner)
      throws IOException {
    file = files.create(path);
    ByteWriter header = new ByteWriter(HEADER_BYTES);
    header.putLong(MAGIC).putInt(VERSION).putInt(kind.code()).putLong(database).putLong(owner);
    header.align(HEADER_BYTES);
    header.setInt(HEADER_BYTES - 4, Checksum.of(header.content().asSlice(0, HEADER_BYTES - 4)));
    append(header.content());
  }

  /** Ends the section before and begins one at a multiple of {@code alignment}, a power of two. */
  public ByteSink section(String name, int alignment) throws IOException {
    endSection();
    pad(alignment);
    SectionSink sink = new SectionSink(name, position());
    open = sink;
    return sink;
  }

  private void endSection() {
    SectionSink sink = open;
    if (sink != null) {
      sections.add(new Section(sink.name, sink.start, sink.position(), sink.crc.value()));
      open = null;
    }
  }

  /** Writes table and footer and returns the length of the file once it is durable. */
  public long finish() throws IOException {
    endSection();
    pad(8);
    ByteWriter table = new ByteWriter(1024);
    for (Section section : sections) {
      table.putString(section.name).putLong(section.offset).putLong(section.length);
      table.putInt(section.crc);
    }
    long offset = position();
    long length = offset + table.size() + FOOTER_BYTES;
    ByteWriter footer = new ByteWriter(FOOTER_BYTES);
    footer.putLong(offset).putLong(length).putInt(table.size());
    footer.putInt(Checksum.of(table.content())).putInt(END_MAGIC);
    footer.putInt(Checksum.of(footer.content()));
    append(table.content());
    append(footer.content());
    flush();
    file.force();
    return length;
  }

  private long position() {
    return flushed + buffered;
  }

  private void append(MemorySegment source) throws IOException {
    long size = source.byteSize();
    if (size > BUFFER_BYTES - buffered) {
      flush();
    }
    if (size > BUFFER_BYTES) {
      file.write(source, flushed);
      flushed += size;
    } else {
      MemorySegment.copy(source, 0, buffer, buffered, size);
      buffered += (int) size;
    }
  }

  private void flush() throws IOException {
    if (buffered > 0) {
      file.write(buffer.asSlice(0, buffered), flushed);
      flushed += buffered;
      buffered = 0;
    }
  }

  private void pad(int alignment) throws IOException {
    int count = (int) (-position() & (alignment - 1));
    if (count > 0) {
      append(MemorySegment.ofArray(new byte[count]));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private final class SectionSink implements ByteSink {
    private final String name;
    private final long start;
    private final Checksum crc = new Checksum();

    SectionSink(String name, long start) {
      this.name = name;
      this.start = start;
    }

    @Override
    public long position() {
      return SectionFileWriter.this.position() - start;
    }

    @Override
    public void write(MemorySegment source) throws IOException {
      if (open != this) {
        throw new IllegalStateException("Section " + name + " has ended");
      }
      if (source.isNative() || source.heapBase().orElseThrow() instanceof byte[]) {
        crc.add(source);
        append(source);
        return;
      }
      // Channels and checksums take bytes only.
      byte[] piece = new byte[(int) Math.min(PIECE_BYTES, source.byteSize())];
      for (long at = 0; at < source.byteSize(); at += piece.length) {
        int size = (int) Math.min(piece.length, source.byteSize() - at);
        MemorySegment bytes = MemorySegment.ofArray(piece).asSlice(0, size);
        MemorySegment.copy(source, at, bytes, 0, size);
        crc.add(bytes);
        append(bytes);
      }
    }

    @Override
    public void align(int bytes) throws IOException {
      int count = (int) (-position() & (bytes - 1));
      if (count > 0) {
        write(MemorySegment.ofArray(new byte[count]));
      }
    }
  }
}

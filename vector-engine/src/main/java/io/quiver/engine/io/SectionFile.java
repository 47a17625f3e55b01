package io.quiver.engine.io;

import io.quiver.engine.CorruptDataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of named sections, mapped and verified: layout at {@link SectionFileWriter}.
 *
 * <p>Opening reads the ends of the file: header, section table, footer. The bytes of a section are
 * compared with their checksum when the section is first asked for, so that what is handed out is
 * what was written, and what nobody asks for is not read. Safe for use by many threads until the
 * arena is closed.
 */
public final class SectionFile {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final MemorySegment file;
  private final long tableOffset;
  private final Map<String, Section> sections;

  /** Bytes, and what their checksum must be. */
  private static final class Section {
    final MemorySegment content;
    final int crc;
    volatile boolean verified;

    Section(MemorySegment content, int crc) {
      this.content = content;
      this.crc = crc;
    }

    /** Whether the bytes are those written; who asks while they are first compared waits. */
    boolean isWhole() {
      if (!verified) {
        synchronized (this) {
          verified = verified || Checksum.of(content) == crc;
        }
      }
      return verified;
    }
  }

  private SectionFile(
      String name, MemorySegment file, long tableOffset, Map<String, Section> sections) {
    this.name = name;
    this.file = file;
    this.tableOffset = tableOffset;
    this.sections = sections;
  }

  /**
   * Maps a file.
   *
   * @throws CorruptDataException if its ends are not those of the file that was written
   */
  public static SectionFile open(
      FileStore files, String path, FileKind kind, long database, long owner, Arena arena)
      throws IOException {
    String name = files.describe(path);
    MemorySegment file;
    try {
      file = files.map(path, arena);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw corrupt(name, "the file is missing", e);
    }
    long size = file.byteSize();
    if (size < SectionFileWriter.HEADER_BYTES + SectionFileWriter.FOOTER_BYTES) {
      throw corrupt(name, "it has " + size + " bytes, less than any such file", null);
    }
    checkHeader(name, file, kind, database, owner);
    MemorySegment footer =
        file.asSlice(size - SectionFileWriter.FOOTER_BYTES, SectionFileWriter.FOOTER_BYTES);
    if (footer.get(INT, 28) != Checksum.of(footer.asSlice(0, 28))
        || footer.get(INT, 24) != SectionFileWriter.END_MAGIC
        || footer.get(LONG, 8) != size) {
      throw corrupt(name, "its footer is damaged or its end is missing", null);
    }
    MemorySegment table = file.asSlice(footer.get(LONG, 0), footer.get(INT, 16));
    if (Checksum.of(table) != footer.get(INT, 20)) {
      throw corrupt(name, "its section table is damaged", null);
    }
    return new SectionFile(name, file, footer.get(LONG, 0), sections(file, table));
  }

  private static void checkHeader(
      String name, MemorySegment file, FileKind kind, long database, long owner) {
    int crcAt = SectionFileWriter.HEADER_BYTES - 4;
    if (file.get(LONG, 0) != SectionFileWriter.MAGIC
        || file.get(INT, crcAt) != Checksum.of(file.asSlice(0, crcAt))) {
      throw corrupt(name, "its header is damaged", null);
    }
    int version = file.get(INT, 8);
    if (version != SectionFileWriter.VERSION) {
      throw new CorruptDataException(
          "File "
              + name
              + " has format version "
              + version
              + "; this engine reads version "
              + SectionFileWriter.VERSION
              + ". Open the database with the Quiver release that wrote it.");
    }
    if (file.get(INT, 12) != kind.code()
        || file.get(LONG, 16) != database
        || file.get(LONG, 24) != owner) {
      throw corrupt(name, "it belongs to another place or another database", null);
    }
  }

  private static Map<String, Section> sections(MemorySegment file, MemorySegment table) {
    Map<String, Section> sections = new LinkedHashMap<>();
    ByteReader reader = new ByteReader(table.toArray(ValueLayout.JAVA_BYTE));
    while (!reader.atEnd()) {
      String section = reader.takeString();
      MemorySegment content = file.asSlice(reader.takeLong(), reader.takeLong());
      sections.put(section, new Section(content, reader.takeInt()));
    }
    return sections;
  }

  private static CorruptDataException corrupt(String name, String what, @Nullable Throwable cause) {
    return new CorruptDataException(
        "File " + name + " cannot be read: " + what + ". Restore the database from a backup.",
        cause);
  }

  /** The file as a person would look for it. */
  public String name() {
    return name;
  }

  /** Length of the file. */
  public long bytes() {
    return file.byteSize();
  }

  public Set<String> sectionNames() {
    return sections.keySet();
  }

  public boolean has(String section) {
    return sections.containsKey(section);
  }

  /** Length of a section, without reading it; -1 if there is none. */
  public long length(String section) {
    Section found = sections.get(section);
    return found == null ? -1 : found.content.byteSize();
  }

  /**
   * The bytes of a section, read and verified when first asked for.
   *
   * @throws CorruptDataException if the file has no such section, or not the one that was written
   */
  public MemorySegment section(String section) {
    Section found = sections.get(section);
    if (found == null) {
      throw corrupt(name, "it lacks the section \"" + section + "\"", null);
    }
    if (!found.isWhole()) {
      throw corrupt(name, damaged(section), null);
    }
    return found.content;
  }

  /**
   * Reads every byte, and tells of each section that is not as it was written, and of bytes between
   * sections, which are zeros.
   */
  public void verify(Consumer<String> problems) {
    long end = SectionFileWriter.HEADER_BYTES;
    for (Map.Entry<String, Section> entry : sections.entrySet()) {
      MemorySegment content = entry.getValue().content;
      if (!entry.getValue().isWhole()) {
        problems.accept(corrupt(name, damaged(entry.getKey()), null).getMessage());
      }
      long start = content.address() - file.address();
      verifyZeros(end, start, problems);
      end = start + content.byteSize();
    }
    verifyZeros(end, tableOffset, problems);
  }

  private void verifyZeros(long from, long to, Consumer<String> problems) {
    for (long at = from; at < to; at++) {
      if (file.get(ValueLayout.JAVA_BYTE, at) != 0) {
        problems.accept(
            "File "
                + name
                + " was changed at byte "
                + at
                + ", between its sections, where nothing reads it. The disk may be failing: make a"
                + " backup.");
        return;
      }
    }
  }

  private static String damaged(String section) {
    return "its section \"" + section + "\" is damaged";
  }
}

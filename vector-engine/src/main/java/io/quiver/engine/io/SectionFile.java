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
import org.jspecify.annotations.Nullable;

/**
 * A file of named sections, mapped and verified: layout at {@link SectionFileWriter}.
 *
 * <p>Opening reads every byte once to compare checksums, so that what is handed out later is what
 * was written. Safe for use by many threads until the arena is closed.
 */
public final class SectionFile {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final long bytes;
  private final Map<String, MemorySegment> sections;

  private SectionFile(String name, long bytes, Map<String, MemorySegment> sections) {
    this.name = name;
    this.bytes = bytes;
    this.sections = sections;
  }

  /**
   * Maps a file.
   *
   * @throws CorruptDataException if it is not the file that was written
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
    return new SectionFile(name, size, sections(name, file, table));
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

  private static Map<String, MemorySegment> sections(
      String name, MemorySegment file, MemorySegment table) {
    Map<String, MemorySegment> sections = new LinkedHashMap<>();
    ByteReader reader = new ByteReader(table.toArray(ValueLayout.JAVA_BYTE));
    while (!reader.atEnd()) {
      String section = reader.takeString();
      MemorySegment content = file.asSlice(reader.takeLong(), reader.takeLong());
      if (Checksum.of(content) != reader.takeInt()) {
        throw corrupt(name, "its section \"" + section + "\" is damaged", null);
      }
      sections.put(section, content);
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
    return bytes;
  }

  public Set<String> sectionNames() {
    return sections.keySet();
  }

  public boolean has(String section) {
    return sections.containsKey(section);
  }

  /**
   * The bytes of a section.
   *
   * @throws CorruptDataException if the file has no such section
   */
  public MemorySegment section(String section) {
    MemorySegment content = sections.get(section);
    if (content == null) {
      throw corrupt(name, "it lacks the section \"" + section + "\"", null);
    }
    return content;
  }
}

package io.quiver.engine.column;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A mapped section made of numbered parts, as {@link PartsWriter} wrote it.
 *
 * <p>Mapping checks that every part lies in the section. That its bytes are those once written is
 * the file's matter, which keeps a checksum of every section.
 */
public final class Parts {
  private final MemorySegment section;
  private final String name;
  private final MemorySegment directory;
  private final int encoding;
  private final int rows;
  private final int present;

  /**
   * @param section all of the section and nothing else
   * @param name what messages call it: the file and what of it
   */
  public Parts(MemorySegment section, String name) {
    this.section = section;
    this.name = name;
    long tailStart = section.byteSize() - PartsWriter.TAIL_BYTES;
    check(tailStart >= 0, "it is too short");
    MemorySegment tail = section.asSlice(tailStart);
    check(tail.get(LittleEndian.INT, 16) == PartsWriter.MAGIC, "it has no valid end");
    int count = tail.get(LittleEndian.INT, 0);
    check(count >= 0 && count <= PartsWriter.MAX_PARTS, "it has " + count + " parts");
    long directoryBytes = (long) count * PartsWriter.ENTRY_BYTES;
    check(directoryBytes <= tailStart, "its directory is too long");
    this.directory = section.asSlice(tailStart - directoryBytes, directoryBytes);
    this.encoding = tail.get(LittleEndian.INT, 4);
    this.rows = tail.get(LittleEndian.INT, 8);
    this.present = tail.get(LittleEndian.INT, 12);
    check(rows >= 0 && present >= 0 && present <= rows, "it has " + present + " of " + rows);
    for (int i = 0; i < count; i++) {
      long start = start(i);
      long end = start + length(i);
      check(
          start >= 0 && end >= start && end <= tailStart - directoryBytes,
          "part " + i + " is outside it");
    }
  }

  private long start(int index) {
    return directory.get(LittleEndian.LONG, (long) index * PartsWriter.ENTRY_BYTES + 8);
  }

  private long length(int index) {
    return directory.get(LittleEndian.LONG, (long) index * PartsWriter.ENTRY_BYTES + 16);
  }

  private int count() {
    return (int) (directory.byteSize() / PartsWriter.ENTRY_BYTES);
  }

  /** What the parts mean. */
  public int encoding() {
    return encoding;
  }

  public int rows() {
    return rows;
  }

  /** Rows that have a value. */
  public int present() {
    return present;
  }

  public long bytes() {
    return section.byteSize();
  }

  /** A part's memory, or null if it was not written. */
  public @Nullable MemorySegment find(int id) {
    for (int i = 0; i < count(); i++) {
      if (directory.get(LittleEndian.INT, (long) i * PartsWriter.ENTRY_BYTES) == id) {
        return section.asSlice(start(i), length(i));
      }
    }
    return null;
  }

  /** A part's memory. */
  public MemorySegment part(int id) {
    MemorySegment part = find(id);
    if (part == null) {
      throw corrupt("part " + id + " is missing");
    }
    return part;
  }

  /** A part's memory, which must have this many bytes. */
  public MemorySegment part(int id, long bytes) {
    MemorySegment part = part(id);
    check(
        part.byteSize() == bytes,
        "part " + id + " has " + part.byteSize() + " bytes instead of " + bytes);
    return part;
  }

  /** Throws {@link CorruptDataException} unless the condition holds. */
  public void check(boolean condition, String otherwise) {
    if (!condition) {
      throw corrupt(otherwise);
    }
  }

  /** The section is damaged in this way. */
  public CorruptDataException corrupt(String what) {
    return new CorruptDataException(
        name + " is damaged: " + what + ". Restore the file from a copy.");
  }
}

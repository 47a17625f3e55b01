package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.RowSelection;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.FileKind;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.io.SectionFileWriter;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.search.RowBitmap;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file {@code patches-⟨version⟩} of a segment: the values its rows were given later.
 *
 * <p>Two sections for each column that has any:
 *
 * <pre>
 * rows.⟨id⟩    u32 a value: its row, ascending
 * column.⟨id⟩  the values, in the same order, as engine.column lays them out
 * </pre>
 */
final class PatchFile {
  private static final int ALIGNMENT = 64;

  private final FileStore files;
  private final long database;
  private final SealedSegment segment;
  private final CollectionSchema schema;

  PatchFile(FileStore files, long database, SealedSegment segment, CollectionSchema schema) {
    this.files = files;
    this.database = database;
    this.segment = segment;
    this.schema = schema;
  }

  private static String rowsOf(ColumnSpec column) {
    return "rows." + column.id();
  }

  private static String valuesOf(ColumnSpec column) {
    return SegmentWriter.column(column.id());
  }

  /** Writes what is seen of the segment's patches; durable once its directory is synced. */
  void write(String path, Patches.Seen patches) throws IOException {
    try (SectionFileWriter writer =
        new SectionFileWriter(files, path, FileKind.PATCHES, database, segment.id())) {
      for (ColumnSpec column : schema.columns()) {
        if (patches.has(column.id())) {
          write(writer, column, patches);
        }
      }
      writer.finish();
    }
  }

  private void write(SectionFileWriter writer, ColumnSpec column, Patches.Seen patches)
      throws IOException {
    RowBitmap changed = new RowBitmap(segment.rows());
    patches.addRows(column.id(), 0, changed);
    int[] rows = new int[changed.cardinality()];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = changed.next(next);
      next = rows[i] + 1;
    }
    ByteSink sink = writer.section(rowsOf(column), ALIGNMENT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(rows.length * 4L, ALIGNMENT);
      for (int i = 0; i < rows.length; i++) {
        bytes.setAtIndex(SealedSegment.INT, i, rows[i]);
      }
      sink.write(bytes);
    }
    Column before = Column.absent(column.type(), segment.rows());
    SealedColumn.write(
        column.type(),
        List.of(patches.over(before, column.id())),
        RowSelection.of(rows),
        writer.section(valuesOf(column), ALIGNMENT));
  }

  /**
   * Reads a file back into the segment.
   *
   * @throws CorruptDataException if it is damaged or of other rows
   */
  void read(String path) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      SectionFile file =
          SectionFile.open(files, path, FileKind.PATCHES, database, segment.id(), arena);
      for (ColumnSpec column : schema.columns()) {
        if (file.has(rowsOf(column))) {
          read(file, column);
        }
      }
    }
  }

  private void read(SectionFile file, ColumnSpec column) {
    String name = "File " + file.name() + ", column \"" + column.name() + "\"";
    MemorySegment rows = file.section(rowsOf(column));
    SealedColumn values = SealedColumn.map(column.type(), file.section(valuesOf(column)), name);
    if (rows.byteSize() != (long) values.rows() * Integer.BYTES) {
      throw corrupt(name, "has " + values.rows() + " values for " + rows.byteSize() / 4 + " rows");
    }
    int before = -1;
    for (int i = 0; i < values.rows(); i++) {
      int row = rows.getAtIndex(SealedSegment.INT, i);
      if (row <= before || row >= segment.rows()) {
        throw corrupt(name, "has a value for row " + row + " after row " + before);
      }
      before = row;
      // Older than every snapshot there can be.
      segment.patches().add(row, 1, column.id(), column.type(), values.value(i));
    }
  }

  private static CorruptDataException corrupt(String name, String what) {
    return new CorruptDataException(
        name + " cannot be read: it " + what + ". Restore the database from a backup.");
  }

  /** Verifies every byte of a file and reads it back; tells what is wrong. */
  void check(String path, Consumer<String> problems) throws IOException {
    boolean[] damaged = new boolean[1];
    try (Arena arena = Arena.ofShared()) {
      SectionFile.open(files, path, FileKind.PATCHES, database, segment.id(), arena)
          .verify(
              damage -> {
                damaged[0] = true;
                problems.accept(damage);
              });
      if (!damaged[0]) {
        read(path);
      }
    } catch (CorruptDataException e) {
      problems.accept(String.valueOf(e.getMessage()));
    }
  }
}

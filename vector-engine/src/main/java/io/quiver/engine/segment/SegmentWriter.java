package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.RowSelection;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.FileKind;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.io.SectionFileWriter;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.ColumnDeriver;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Writes the rows of a sealed segment, from memtables or other segments.
 *
 * <p>Sections of {@code segments/⟨id⟩/rows}:
 *
 * <pre>
 * stamps      u64 a row: log position << 24 | ordinal in the commit
 * key.hashes  u64 a row: xxHash64 of the key
 * key.slots   u32 a slot, a power of two of slots, at least twice the rows: row + 1, or 0 for none;
 *             a key is in the first free slot from (hash mod slots) on
 * order       u32 id of the column whose equal values stand together, or -1 where near vectors do
 * column.⟨id⟩ a column as engine.column lays it out
 * </pre>
 */
public final class SegmentWriter {
  static final String STAMPS = "stamps";
  static final String KEY_HASHES = "key.hashes";
  static final String KEY_SLOTS = "key.slots";
  static final String ORDER = "order";
  private static final int ALIGNMENT = 64;
  private static final int VECTOR_ALIGNMENT = 4096;
  private static final int BUFFERED_LONGS = 8192;

  private final List<SourceRows> sources;
  private final RowSelection selection;
  private final CollectionSchema schema;
  private final ColumnDeriver deriver;
  private final StopSignal stop;

  /**
   * @param sources the selection takes rows from
   */
  SegmentWriter(
      List<SourceRows> sources,
      RowSelection selection,
      CollectionSchema schema,
      ColumnDeriver deriver,
      StopSignal stop) {
    this.sources = sources;
    this.selection = selection;
    this.schema = schema;
    this.deriver = deriver;
    this.stop = stop;
  }

  static String column(int id) {
    return "column." + id;
  }

  /** Slots of the key table for this many rows. */
  static int slots(int rows) {
    return Math.max(16, Integer.highestOneBit(Math.max(1, 2 * rows - 1)) << 1);
  }

  /** Writes the file; it is durable under its name once its directory is synced. */
  void write(FileStore files, String path, long database, long id) throws IOException {
    try (SectionFileWriter writer =
        new SectionFileWriter(files, path, FileKind.ROWS, database, id)) {
      writeLongs(writer.section(STAMPS, ALIGNMENT), i -> source(i).stamp(selection.row(i)));
      writeLongs(writer.section(KEY_HASHES, ALIGNMENT), i -> source(i).keyHash(selection.row(i)));
      writeSlots(writer.section(KEY_SLOTS, ALIGNMENT));
      if (selection.groupedBy().isPresent()) {
        MemorySegment column = MemorySegment.ofArray(new int[1]);
        column.set(LittleEndian.INT, 0, selection.groupedBy().getAsInt());
        writer.section(ORDER, ALIGNMENT).write(column);
      }
      for (ColumnSpec column : schema.columns()) {
        stop.check();
        int alignment =
            column.type() instanceof ColumnType.DenseVector ? VECTOR_ALIGNMENT : ALIGNMENT;
        List<Column> values =
            sources.stream().map(source -> source.column(schema, column, deriver)).toList();
        SealedColumn.write(
            column.type(), values, selection, writer.section(column(column.id()), alignment));
      }
      stop.check();
      writer.finish();
    }
  }

  private Segment source(int position) {
    return sources.get(selection.segment(position)).segment();
  }

  private void writeLongs(ByteSink sink, IntToLongFunction value) throws IOException {
    MemorySegment buffer = MemorySegment.ofArray(new long[BUFFERED_LONGS]);
    int filled = 0;
    for (int i = 0; i < selection.size(); i++) {
      buffer.setAtIndex(SealedSegment.LONG, filled++, value.applyAsLong(i));
      if (filled == BUFFERED_LONGS) {
        sink.write(buffer);
        filled = 0;
      }
    }
    sink.write(buffer.asSlice(0, filled * 8L));
  }

  private void writeSlots(ByteSink sink) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long count = slots(selection.size());
      MemorySegment slots = arena.allocate(count * 4, ALIGNMENT);
      for (int i = 0; i < selection.size(); i++) {
        long slot = source(i).keyHash(selection.row(i)) & count - 1;
        while (slots.getAtIndex(SealedSegment.INT, slot) != 0) {
          slot = slot + 1 & count - 1;
        }
        slots.setAtIndex(SealedSegment.INT, slot, i + 1);
      }
      sink.write(slots);
    }
  }
}

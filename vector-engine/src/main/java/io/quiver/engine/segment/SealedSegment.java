package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a mapped file that never changes; layout at {@link SegmentWriter}. A key occurs at most
 * once.
 */
public final class SealedSegment extends Segment {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SectionFile file;
  private final int rows;
  private final MemorySegment stamps;
  private final MemorySegment hashes;
  private final MemorySegment slots;
  private final Map<Integer, Column> columns = new HashMap<>();
  private final Column[] keyColumns;

  /**
   * Reads a file that is mapped and verified.
   *
   * @param schema of the collection, which says the types of those columns it still has
   */
  SealedSegment(long id, SectionFile file, CollectionSchema schema, Arena arena) {
    super(id, arena);
    this.file = file;
    this.stamps = file.section(SegmentWriter.STAMPS);
    this.rows = (int) (stamps.byteSize() / Long.BYTES);
    this.hashes = file.section(SegmentWriter.KEY_HASHES);
    this.slots = file.section(SegmentWriter.KEY_SLOTS);
    if (hashes.byteSize() != stamps.byteSize()
        || Long.bitCount(slots.byteSize()) != 1
        || slots.byteSize() < SegmentWriter.slots(rows) * 4L) {
      throw new CorruptDataException(
          "File "
              + file.name()
              + " cannot be read: its sections do not fit together. Restore the database from a"
              + " backup.");
    }
    for (ColumnSpec column : schema.columns()) {
      String section = SegmentWriter.column(column.id());
      if (file.has(section)) {
        String name = "File " + file.name() + ", column \"" + column.name() + "\"";
        columns.put(column.id(), SealedColumn.map(column.type(), file.section(section), name));
      }
    }
    this.keyColumns = new Column[schema.key().size()];
    for (int i = 0; i < keyColumns.length; i++) {
      ColumnSpec column = schema.columns().get(schema.key().get(i));
      Column values = columns.get(column.id());
      if (values == null || values.rows() != rows) {
        throw new CorruptDataException(
            "File "
                + file.name()
                + " cannot be read: it lacks the key column \""
                + column.name()
                + "\". Restore the database from a backup.");
      }
      keyColumns[i] = values;
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  @Nullable Column stored(int columnId) {
    return columns.get(columnId);
  }

  @Override
  public long stamp(int row) {
    return stamps.getAtIndex(LONG, row);
  }

  @Override
  public int newest(RowKey key) {
    long mask = (slots.byteSize() >>> 2) - 1;
    for (long slot = key.hash() & mask; ; slot = slot + 1 & mask) {
      int row = slots.getAtIndex(INT, slot) - 1;
      if (row < 0) {
        return -1;
      }
      if (hashes.getAtIndex(LONG, row) == key.hash() && keyOf(keyColumns, row).equals(key)) {
        return row;
      }
    }
  }

  @Override
  public int older(int row) {
    return -1;
  }

  @Override
  long keyHash(int row) {
    return hashes.getAtIndex(LONG, row);
  }

  @Override
  public long bytes() {
    return file.bytes();
  }
}

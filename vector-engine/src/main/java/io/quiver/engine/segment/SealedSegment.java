package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.filter.FilterCache;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.IndexSpec;
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

  /** Memory for the bitmaps of filters used lately. */
  private static final long FILTER_BYTES = 8L << 20;

  private final SectionFile file;
  private final int rows;
  private final MemorySegment stamps;
  private final MemorySegment hashes;
  private final MemorySegment slots;
  private final Map<Integer, Column> columns = new HashMap<>();
  private final Column[] keyColumns;
  private volatile Map<IndexSpec, Indexed> indexes = Map.of();
  private volatile @Nullable FiltersOf filters;

  /**
   * An index and its file.
   *
   * @param file name in the segment's directory
   */
  public record Indexed(String file, long bytes, SegmentIndex index) {}

  /** Bitmaps of filters, whose ordinals mean the columns of one schema. */
  private record FiltersOf(CollectionSchema schema, FilterCache cache) {}

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

  /** The indexes there are, by what they were built for. */
  public Map<IndexSpec, Indexed> indexes() {
    return indexes;
  }

  /** The index built for a specification, if it is there yet. */
  public @Nullable SegmentIndex index(IndexSpec spec) {
    Indexed indexed = indexes.get(spec);
    return indexed == null ? null : indexed.index;
  }

  synchronized void addIndex(IndexSpec spec, Indexed indexed) {
    Map<IndexSpec, Indexed> more = new HashMap<>(indexes);
    more.put(spec, indexed);
    indexes = Map.copyOf(more);
  }

  /** Forgets indexes a schema has no more; whoever uses one goes on. */
  public synchronized void keepIndexes(CollectionSchema schema) {
    Map<IndexSpec, Indexed> fewer = new HashMap<>(indexes);
    if (fewer.keySet().retainAll(schema.indexes())) {
      indexes = Map.copyOf(fewer);
    }
  }

  /** Bitmaps of filters over all rows of this segment, under a schema. */
  public FilterCache filters(CollectionSchema schema) {
    FiltersOf known = filters;
    if (known == null || !known.schema.equals(schema)) {
      known = new FiltersOf(schema, new FilterCache(FILTER_BYTES));
      filters = known;
    }
    return known.cache;
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
    return file.bytes() + indexes.values().stream().mapToLong(Indexed::bytes).sum();
  }
}

package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.filter.FilterCache;
import io.quiver.engine.index.hnsw.FormerGraph;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.IndexSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a mapped file that never changes; layout at {@link SegmentWriter}. A key occurs at most
 * once.
 *
 * <p>Columns, keys and indexes are read and verified when they are first used, so that opening does
 * not depend on how much there is. Whoever uses what is damaged gets a {@link
 * CorruptDataException}, never a wrong answer; of a damaged index nothing is used, since it can be
 * built again.
 */
public final class SealedSegment extends Segment {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Memory for the bitmaps of filters used lately. */
  private static final long FILTER_BYTES = 8L << 20;

  private static final System.Logger LOGGER = System.getLogger("io.quiver.engine");

  private final SectionFile file;
  private final int rows;
  private final FirstUse<MemorySegment> stamps;
  private final FirstUse<Keys> keys;
  private final Map<Integer, FirstUse<Column>> columns = new HashMap<>();
  private volatile Map<IndexSpec, Indexed> indexes = Map.of();
  private volatile @Nullable FiltersOf filters;

  /**
   * An index and its file.
   *
   * @param file name in the segment's directory
   * @param column the column it is over
   */
  record Indexed(String file, long bytes, FirstUse<Column> column, FirstUse<SegmentIndex> index) {}

  /** What finds a row by its key. */
  private record Keys(MemorySegment hashes, MemorySegment slots, Column[] columns) {}

  /** Bitmaps of filters, whose ordinals mean the columns of one schema. */
  private record FiltersOf(CollectionSchema schema, FilterCache cache) {}

  /**
   * Reads a file that is mapped.
   *
   * @param schema of the collection, which says the types of those columns it still has
   */
  SealedSegment(long id, SectionFile file, CollectionSchema schema, Arena arena) {
    super(id, arena);
    this.file = file;
    long stampBytes = file.length(SegmentWriter.STAMPS);
    long slotBytes = file.length(SegmentWriter.KEY_SLOTS);
    this.rows = (int) (stampBytes / Long.BYTES);
    if (stampBytes < 0
        || file.length(SegmentWriter.KEY_HASHES) != stampBytes
        || Long.bitCount(slotBytes) != 1
        || slotBytes < SegmentWriter.slots(rows) * 4L) {
      throw corrupt("its sections do not fit together");
    }
    for (ColumnSpec column : schema.columns()) {
      if (file.has(SegmentWriter.column(column.id()))) {
        columns.put(column.id(), new FirstUse<>(() -> read(column)));
      }
    }
    List<FirstUse<Column>> keyColumns = new ArrayList<>();
    for (int ordinal : schema.key()) {
      ColumnSpec column = schema.columns().get(ordinal);
      FirstUse<Column> values = columns.get(column.id());
      if (values == null) {
        throw corrupt("it lacks the key column \"" + column.name() + "\"");
      }
      keyColumns.add(values);
    }
    this.stamps = new FirstUse<>(() -> file.section(SegmentWriter.STAMPS));
    this.keys =
        new FirstUse<>(
            () ->
                new Keys(
                    file.section(SegmentWriter.KEY_HASHES),
                    file.section(SegmentWriter.KEY_SLOTS),
                    keyColumns.stream().map(FirstUse::get).toArray(Column[]::new)));
  }

  private Column read(ColumnSpec column) {
    String name = "File " + file.name() + ", column \"" + column.name() + "\"";
    SealedColumn values =
        SealedColumn.map(column.type(), file.section(SegmentWriter.column(column.id())), name);
    if (values.rows() != rows) {
      throw corrupt("column \"" + column.name() + "\" has " + values.rows() + " rows of " + rows);
    }
    return values;
  }

  private CorruptDataException corrupt(String what) {
    return new CorruptDataException(
        "File "
            + file.name()
            + " cannot be read: "
            + what
            + ". Restore the database from a backup.");
  }

  @Override
  public int rows() {
    return rows;
  }

  /** Whether rows with equal values in a column stand together. */
  public boolean isGroupedBy(int columnId) {
    try {
      return file.has(SegmentWriter.ORDER)
          && file.section(SegmentWriter.ORDER).get(INT, 0) == columnId;
    } catch (CorruptDataException e) {
      LOGGER.log(System.Logger.Level.WARNING, "Rows are put in order again: {0}", e.getMessage());
      return false;
    }
  }

  /** The file the rows are in. */
  SectionFile file() {
    return file;
  }

  @Override
  @Nullable FormerGraph former(int columnId, IndexSpec.Hnsw spec, int[] newRows) {
    return index(spec) instanceof SegmentIndex.Graph graph ? graph.tenants().former(newRows) : null;
  }

  @Override
  public boolean stores(int columnId) {
    return columns.containsKey(columnId);
  }

  @Override
  @Nullable Column stored(int columnId) {
    FirstUse<Column> column = columns.get(columnId);
    return column == null ? null : column.get();
  }

  /** A column it stores, which is read when it is first used. */
  FirstUse<Column> unread(int columnId) {
    return Objects.requireNonNull(columns.get(columnId));
  }

  @Override
  public long stamp(int row) {
    return stamps.get().getAtIndex(LONG, row);
  }

  @Override
  public void verifyKeys() {
    keys.get();
    stamps.get();
  }

  @Override
  public int newest(RowKey key) {
    Keys table = keys.get();
    long mask = (table.slots.byteSize() >>> 2) - 1;
    for (long slot = key.hash() & mask; ; slot = slot + 1 & mask) {
      int row = table.slots.getAtIndex(INT, slot) - 1;
      if (row < 0) {
        return -1;
      }
      if (table.hashes.getAtIndex(LONG, row) == key.hash()
          && keyOf(table.columns, row).equals(key)) {
        return row;
      }
    }
  }

  /** Names of the files of the indexes there are, by what they were built for. */
  public Map<IndexSpec, String> indexFiles() {
    Map<IndexSpec, String> names = new HashMap<>();
    indexes.forEach((spec, indexed) -> names.put(spec, indexed.file));
    return names;
  }

  /** Whether the index built for a specification is there, as far as it is known to be whole. */
  public boolean hasIndex(IndexSpec spec) {
    return indexes.containsKey(spec);
  }

  /**
   * The index built for a specification, if it is there yet. One found damaged is forgotten: it
   * will be built again, and until then the rows are read without it.
   */
  public @Nullable SegmentIndex index(IndexSpec spec) {
    Indexed indexed = indexes.get(spec);
    if (indexed == null) {
      return null;
    }
    indexed.column.get();
    try {
      return indexed.index.get();
    } catch (CorruptDataException e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "An index is left out and built again: {0}", e.getMessage());
      forget(spec, indexed);
      return null;
    }
  }

  private synchronized void forget(IndexSpec spec, Indexed damaged) {
    Map<IndexSpec, Indexed> fewer = new HashMap<>(indexes);
    fewer.remove(spec, damaged);
    indexes = Map.copyOf(fewer);
  }

  synchronized void addIndex(IndexSpec spec, Indexed indexed) {
    Map<IndexSpec, Indexed> more = new HashMap<>(indexes);
    more.put(spec, indexed);
    indexes = Map.copyOf(more);
  }

  /**
   * Finds indexes under the names another schema has for them and for the columns they are over.
   */
  public synchronized void renameIndexes(CollectionSchema old, CollectionSchema next) {
    Map<IndexSpec, Indexed> renamed = new HashMap<>(indexes);
    for (IndexSpec spec : next.indexes()) {
      int id = next.columns().get(next.ordinal(spec.column()).orElseThrow()).id();
      for (IndexSpec before : old.indexes()) {
        Indexed indexed = indexes.get(before);
        boolean sameColumn =
            old.columns().get(old.ordinal(before.column()).orElseThrow()).id() == id;
        if (indexed != null && sameColumn && renamed(before, old, spec, next).equals(spec)) {
          renamed.putIfAbsent(spec, indexed);
        }
      }
    }
    indexes = Map.copyOf(renamed);
  }

  /** A specification under the names that another schema has for it and its columns. */
  private static IndexSpec renamed(
      IndexSpec before, CollectionSchema old, IndexSpec spec, CollectionSchema next) {
    IndexSpec named = before.named(spec.name(), spec.column());
    return named instanceof IndexSpec.Hnsw hnsw
        ? hnsw.withTenant(
            old.tenant()
                .filter(column -> hnsw.tenant().isPresent())
                .flatMap(column -> next.column(column.id()))
                .map(ColumnSpec::name))
        : named;
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

  /** Values of a row in the columns of the key. */
  Object[] keyValues(int row) {
    return keyValues(keys.get().columns, row);
  }

  @Override
  public int older(int row) {
    return -1;
  }

  @Override
  long keyHash(int row) {
    return keys.get().hashes.getAtIndex(LONG, row);
  }

  @Override
  public long bytes() {
    return file.bytes() + indexes.values().stream().mapToLong(Indexed::bytes).sum();
  }
}

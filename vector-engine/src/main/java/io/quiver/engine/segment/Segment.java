package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.GrowingColumn;
import io.quiver.engine.index.hnsw.FormerGraph;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.Derivation;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.write.ColumnDeriver;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one shard, in the order they were committed.
 *
 * <p>Its memory, mapped or not, is released when the last lease is given back. Safe for use by many
 * threads; only deletions, patches and, in a memtable, appends are for one.
 */
public abstract sealed class Segment permits Memtable, SealedSegment {
  /** Changes one commit can have: what fits beside the position in a row's stamp. */
  public static final int MAX_CHANGES = 1 << 24;

  private final long id;
  private final Arena arena;
  private final Deletions deletions = new Deletions();
  private volatile Patches patches = new Patches();
  private final AtomicInteger leases = new AtomicInteger(1);
  private final Map<Integer, Column> derivedLater = new ConcurrentHashMap<>();

  Segment(long id, Arena arena) {
    this.id = id;
    this.arena = arena;
  }

  /** Never used again in the life of the database. */
  public final long id() {
    return id;
  }

  final Arena arena() {
    return arena;
  }

  public final Deletions deletions() {
    return deletions;
  }

  /** What its rows were given after they were written; for the patching thread. */
  public final Patches patches() {
    return patches;
  }

  /** Drops values that no snapshot taken from now on can see, if that is worth the while. */
  public final void compactPatches() {
    if (patches.isWorthCompacting()) {
      patches = patches.newestOnly();
    }
  }

  /** Rows there are, deleted ones among them. */
  public abstract int rows();

  /** Whether it has values of a column, which it has not if it is older than the column. */
  public abstract boolean stores(int columnId);

  /**
   * The graph over a column, for that of a segment to begin with that takes rows of this one.
   *
   * @param newRows for each row its number there, -1 where it is left out
   * @return null if there is none
   */
  abstract @Nullable FormerGraph former(int columnId, IndexSpec.Hnsw spec, int[] newRows);

  /**
   * Reads what finding rows by key reads, so that applying a commit cannot come upon damage.
   *
   * @throws io.quiver.engine.CorruptDataException if that is damaged
   */
  public void verifyKeys() {}

  /** The values of a column by its id; null if this segment is older than the column. */
  abstract @Nullable Column stored(int columnId);

  /** Where a row stands in the order of all rows ever committed. */
  public abstract long stamp(int row);

  /** The newest row with a key, deleted or not; -1 if there is none. */
  public abstract int newest(RowKey key);

  /** The next older row with the same key; -1 if there is none. */
  public abstract int older(int row);

  /** The hash of a row's key. */
  abstract long keyHash(int row);

  /** Bytes of memory, or of files. */
  public abstract long bytes();

  /** Stamp of the change with this ordinal in the commit at this position. */
  public static long stamp(long position, int ordinal) {
    return position << 24 | ordinal;
  }

  /** Position of the commit that wrote a row. */
  public final long writtenAt(int row) {
    return stamp(row) >>> 24;
  }

  /**
   * The row with a key that is visible, or -1.
   *
   * @param rows of the segment that are visible
   * @param position deletions up to which count
   */
  public final int find(RowKey key, int rows, long position) {
    int row = newest(key);
    while (row >= rows) {
      row = older(row);
    }
    return row < 0 || deletions.isDeleted(row, position) ? -1 : row;
  }

  /**
   * The values of a column as its schema says: if the segment is older than the column, derived now
   * if they can be, else the column's fill, or null everywhere.
   */
  public final Column column(CollectionSchema schema, ColumnSpec column, ColumnDeriver deriver) {
    Column stored = stored(column.id());
    if (stored != null) {
      return stored;
    }
    if (column.derivation().isEmpty()) {
      return column.fill().isEmpty()
          ? Column.absent(column.type(), rows())
          : derivedLater.computeIfAbsent(
              column.id(), id -> filled(column, deriver.derive(column.fill().get(), null)));
    }
    Derivation derivation = column.derivation().get();
    Column known = derivedLater.get(column.id());
    if (known != null) {
      return known;
    }
    // Outside computeIfAbsent, because the source may be computed by it too.
    ColumnSpec source = schema.columns().get(schema.ordinal(derivation.source()).orElseThrow());
    Column values = column(schema, source, deriver);
    return derivedLater.computeIfAbsent(
        column.id(), id -> derive(values, column, derivation, deriver));
  }

  private Column derive(
      Column values, ColumnSpec column, Derivation derivation, ColumnDeriver deriver) {
    GrowingColumn derived = GrowingColumn.of(column.type(), arena);
    for (int row = 0; row < rows(); row++) {
      derived.append(deriver.derive(derivation.recipe(), values.value(row)));
    }
    return derived;
  }

  private Column filled(ColumnSpec column, @Nullable Object value) {
    GrowingColumn filled = GrowingColumn.of(column.type(), arena);
    for (int row = 0; row < rows(); row++) {
      filled.append(value);
    }
    return filled;
  }

  /** Whether every derived column of a schema is stored, not worked out again at each opening. */
  public final boolean storesDerived(CollectionSchema schema) {
    return schema.columns().stream()
        .allMatch(column -> column.derivation().isEmpty() || stores(column.id()));
  }

  /** The row's values in the columns of the schema's key, as one key. */
  final RowKey keyOf(Column[] keyColumns, int row) {
    return RowKey.of(keyValues(keyColumns, row));
  }

  final Object[] keyValues(Column[] keyColumns, int row) {
    Object[] values = new Object[keyColumns.length];
    for (int i = 0; i < values.length; i++) {
      Object value = keyColumns[i].value(row);
      if (value == null) {
        throw new IllegalStateException("Row " + row + " of segment " + id + " lacks its key");
      }
      values[i] = value;
    }
    return values;
  }

  /** Takes a lease; whoever calls has one already or keeps someone from giving back the last. */
  public final void retain() {
    if (leases.getAndIncrement() <= 0) {
      throw new IllegalStateException("Segment " + id + " was released before");
    }
  }

  /** Gives a lease back. */
  public final void release() {
    if (leases.decrementAndGet() == 0) {
      arena.close();
    }
  }
}

package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * A column that rows are appended to, by one thread, while others read the rows that are there.
 *
 * <p>Memory is taken from an arena in chunks and never moved. A reader may read a row once {@link
 * #rows()} has covered it, or once it has learnt by other means that the append has happened.
 */
public abstract class GrowingColumn implements Column {
  private final ColumnType type;
  private final Chunks presence;
  private volatile int rows;

  GrowingColumn(ColumnType type, Arena arena) {
    this.type = type;
    this.presence = new Chunks(arena, Long.BYTES, 64);
  }

  /** An empty column whose memory lives as long as the arena, which must be a shared one. */
  public static GrowingColumn of(ColumnType type, Arena arena) {
    return switch (type) {
      case ColumnType.Scalar scalar ->
          switch (scalar.kind()) {
            case BOOLEAN, INT32, INT64 -> new GrowingLongs(scalar, arena);
            case FLOAT32, FLOAT64 -> new GrowingDoubles(scalar, arena);
            case DECIMAL -> new GrowingDecimals(scalar, arena);
            case STRING, BINARY, UUID -> new GrowingBytes(scalar, arena);
          };
      case ColumnType.TextArray array -> new GrowingTextArrays(array, arena);
      case ColumnType.DenseVector dense -> new GrowingVectors(dense, arena);
      case ColumnType.SparseVector sparse -> new GrowingSparseVectors(sparse, arena);
      case ColumnType.MultiVector multi -> new GrowingMultiVectors(multi, arena);
    };
  }

  /**
   * Appends a row. Not for several threads at once.
   *
   * @param value of the class the type says, checked by {@link io.quiver.engine.write.WriteBatch};
   *     null for none
   */
  public final void append(@Nullable Object value) {
    int row = rows;
    int word = row >>> 6;
    presence.ensure(word);
    if (value == null) {
      storeNull(row);
    } else {
      store(row, value);
      presence.setLong(word, presence.longAt(word) | 1L << (row & 63));
    }
    rows = row + 1;
  }

  /** Keeps a value for a row; called for ascending rows without a gap. */
  abstract void store(int row, Object value);

  /** Makes sure that reading the row gives zeros. */
  abstract void storeNull(int row);

  /** Bytes of memory taken. */
  public long bytes() {
    return presence.bytes() + valueBytes();
  }

  abstract long valueBytes();

  @Override
  public ColumnType type() {
    return type;
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final long presence(int word) {
    return presence.longAt(word);
  }
}

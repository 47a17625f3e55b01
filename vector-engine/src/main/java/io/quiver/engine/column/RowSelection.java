package io.quiver.engine.column;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of one or several segments a new segment takes, in the new order; the same for all its
 * columns.
 */
public final class RowSelection {
  /** In place of a column's id: rows whose vectors are near each other are together. */
  public static final int NEAR_VECTORS = -1;

  private final int @Nullable [] segments;
  private final int @Nullable [] rows;
  private final int size;
  private final OptionalInt groupedBy;

  private RowSelection(
      int @Nullable [] segments, int @Nullable [] rows, int size, OptionalInt groupedBy) {
    this.segments = segments;
    this.rows = rows;
    this.size = size;
    this.groupedBy = groupedBy;
  }

  /** The first rows of one segment, in their order. */
  public static RowSelection first(int rows) {
    return new RowSelection(null, null, rows, OptionalInt.empty());
  }

  /** Some rows of one segment. The array is kept. */
  public static RowSelection of(int[] rows) {
    return new RowSelection(null, rows, rows.length, OptionalInt.empty());
  }

  /**
   * Some rows of several segments. The arrays are kept.
   *
   * @param segments for each new row the position of its segment
   * @param rows for each new row its row there
   */
  public static RowSelection of(int[] segments, int[] rows) {
    return of(segments, rows, OptionalInt.empty());
  }

  /**
   * The same, where rows are not in the order of their commits.
   *
   * @param groupedBy id of a column by whose value rows are together, or {@link #NEAR_VECTORS}
   */
  public static RowSelection of(int[] segments, int[] rows, OptionalInt groupedBy) {
    if (segments.length != rows.length) {
      throw new IllegalArgumentException(segments.length + " segments, " + rows.length + " rows");
    }
    return new RowSelection(segments, rows, rows.length, groupedBy);
  }

  /** What stands together: a column's id or {@link #NEAR_VECTORS}; empty where nothing says. */
  public OptionalInt groupedBy() {
    return groupedBy;
  }

  public int size() {
    return size;
  }

  /** Which segment a new row comes from. */
  public int segment(int position) {
    return segments == null ? 0 : segments[position];
  }

  /** Which row of its segment a new row is. */
  public int row(int position) {
    return rows == null ? position : rows[position];
  }
}

package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, one a row. Which reader interface a column has follows from its type:
 *
 * <ul>
 *   <li>BOOLEAN (0 and 1), INT32, INT64: {@link LongColumn}
 *   <li>FLOAT32, FLOAT64: {@link DoubleColumn}
 *   <li>DECIMAL: {@link DecimalColumn}
 *   <li>STRING (UTF-8), BINARY, UUID (16 bytes, most significant first): {@link BytesColumn}
 *   <li>text array: {@link TextArrayColumn}
 *   <li>dense vector: {@link DenseColumn}; sparse: {@link SparseColumn}; multivector: {@link
 *       MultiVectorColumn}
 * </ul>
 *
 * <p>A value that once can be read never moves and never changes. Safe for use by many threads.
 */
public interface Column {
  ColumnType type();

  /** Rows there are; of a growing column those appended so far. */
  int rows();

  /**
   * Which of 64 rows have a value: row {@code 64 * word + i} at bit {@code i}. Bits of rows that
   * are not there yet may have any value.
   */
  long presence(int word);

  /** Whether the row has no value. */
  default boolean isNull(int row) {
    return (presence(row >>> 6) >>> (row & 63) & 1) == 0;
  }

  /** The row's value as {@link ColumnType} says, a fresh object; null where absent. */
  @Nullable Object value(int row);

  /** A column of any type whose rows are all null, for segments older than the column. */
  static Column absent(ColumnType type, int rows) {
    return AbsentColumns.of(type, rows);
  }
}

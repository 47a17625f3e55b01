package io.quiver.engine.filter;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.Dictionary;
import io.quiver.engine.column.Parts;
import io.quiver.engine.column.PartsWriter;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.column.TextArrayColumn;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * An index over a scalar or text-array column of one sealed segment, read in place from a mapped
 * section. How it lies there is in docs/format.md, "Payload indexes". Safe for use by many threads.
 */
public abstract sealed class PayloadIndex permits OrderIndex, TermIndex {
  static final int ORDER = 1;
  static final int TERMS = 2;

  /** Strings get a bitmap a term where a term has so many rows on average, else an order. */
  private static final int ROWS_PER_TERM = 8;

  private final Column column;
  private final int present;

  PayloadIndex(Column column, int present) {
    this.column = column;
    this.present = present;
  }

  /** Whether a column of this type can have a payload index. */
  public static boolean supports(ColumnType type) {
    return switch (type) {
      case ColumnType.Scalar scalar -> true;
      case ColumnType.TextArray array -> true;
      case ColumnType.DenseVector dense -> false;
      case ColumnType.SparseVector sparse -> false;
      case ColumnType.MultiVector multi -> false;
    };
  }

  /** Builds the index of a sealed column and writes it. */
  public static void write(SealedColumn column, ByteSink sink) throws IOException {
    if (!supports(column.type())) {
      throw new IllegalArgumentException("Invalid payload index: over " + column.type());
    }
    PartsWriter writer = new PartsWriter(sink);
    int present = RowBlock.present(column, column.rows()).cardinality();
    if (termCount(column) >= 0) {
      TermIndex.write(column, writer);
      writer.finish(TERMS, column.rows(), present);
    } else {
      OrderIndex.write(column, present, writer);
      writer.finish(ORDER, column.rows(), present);
    }
  }

  /** How many terms a column has; -1 where an order serves it better. */
  static int termCount(Column column) {
    if (column.type() instanceof ColumnType.Scalar(ScalarKind kind) && kind == ScalarKind.BOOLEAN) {
      return 2;
    }
    if (column instanceof TextArrayColumn arrays) {
      Dictionary dictionary = arrays.dictionary();
      return dictionary == null ? -1 : dictionary.size();
    }
    if (column instanceof BytesColumn bytes) {
      Dictionary dictionary = bytes.dictionary();
      if (dictionary != null && dictionary.size() <= column.rows() / ROWS_PER_TERM) {
        return dictionary.size();
      }
    }
    return -1;
  }

  /**
   * Reads an index where it is mapped.
   *
   * @param section all of what {@link #write} wrote and nothing else
   * @param column the column it was written for
   * @param name what messages call it: the file and what of it
   * @throws CorruptDataException if it cannot have been written for this column
   */
  public static PayloadIndex map(MemorySegment section, SealedColumn column, String name) {
    Parts parts = new Parts(section, name);
    int present = RowBlock.present(column, column.rows()).cardinality();
    parts.check(
        parts.rows() == column.rows() && parts.present() == present,
        "it is the index of another column");
    return switch (parts.encoding()) {
      case ORDER -> new OrderIndex(column, parts);
      case TERMS -> new TermIndex(column, parts);
      default -> throw parts.corrupt("it has kind " + parts.encoding() + ", which is unknown");
    };
  }

  /** Compares the index with its column, row by row; throws {@link CorruptDataException}. */
  public abstract void verify();

  /** Bytes of the section. */
  public abstract long bytes();

  /** Rows of the segment. */
  public final int rows() {
    return column.rows();
  }

  /** Rows that have a value. */
  final int present() {
    return present;
  }

  final Column column() {
    return column;
  }
}

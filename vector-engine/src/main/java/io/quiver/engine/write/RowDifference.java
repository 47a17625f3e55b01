package io.quiver.engine.write;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What an update changes of a row, and whether the row can stay where it is. */
final class RowDifference {
  private RowDifference() {}

  /**
   * Ordinals of the columns that differ; null if one of them is a vector, or is what a vector is
   * made of, so that the row must be written, and indexed, again.
   */
  static int @Nullable [] patchable(
      CollectionSchema schema, @Nullable Object[] before, @Nullable Object[] after) {
    int[] changed =
        IntStream.range(0, after.length)
            .filter(i -> schema.columns().get(i).derivation().isEmpty())
            .filter(i -> !Objects.deepEquals(before[i], after[i]))
            .toArray();
    for (int ordinal : changed) {
      if (!staysInPlace(schema, schema.columns().get(ordinal))) {
        return null;
      }
    }
    return changed;
  }

  /** Whether neither the column nor what is derived from it is searched by an index of vectors. */
  static boolean staysInPlace(CollectionSchema schema, ColumnSpec column) {
    if (!isPayload(column.type())) {
      return false;
    }
    return schema.columns().stream()
        .filter(each -> each.derivation().isPresent())
        .filter(each -> each.derivation().get().source().equals(column.name()))
        .allMatch(each -> staysInPlace(schema, each));
  }

  private static boolean isPayload(ColumnType type) {
    return switch (type) {
      case ColumnType.Scalar scalar -> true;
      case ColumnType.TextArray array -> true;
      case ColumnType.DenseVector dense -> false;
      case ColumnType.SparseVector sparse -> false;
      case ColumnType.MultiVector multi -> false;
    };
  }
}

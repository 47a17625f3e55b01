package io.quiver.parquet;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.parquet.BatchNode.Leaf;
import io.quiver.parquet.BatchNode.Repeated;
import io.quiver.parquet.BatchNode.Struct;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of a row as a value of a {@link io.quiver.planner.transfer.SourceRow}. */
final class FieldValue {
  private FieldValue() {}

  /**
   * @param row number of the row in the batch
   * @param asJson whether the JSON text of what is no text is wanted
   */
  static @Nullable Object of(BatchNode field, int row, boolean asJson) throws IOException {
    if (!asJson) {
      Object vector =
          switch (field) {
            case Repeated list -> vector(list, row);
            case Struct struct -> sparse(struct, row);
            default -> null;
          };
      if (vector != null) {
        return vector;
      }
    }
    Object value = field.at(row);
    if (value == null || value instanceof String || field instanceof Leaf && !asJson) {
      return value;
    }
    return !asJson && value instanceof List<?> list && isTexts(list) ? list : JsonText.of(value);
  }

  private static boolean isTexts(List<?> list) {
    return list.stream().allMatch(String.class::isInstance);
  }

  /** A dense vector, or the rows of a multivector; null if it is neither. */
  private static @Nullable Object vector(Repeated list, int place) {
    if (list.isNull(place) || list.from(place) == list.to(place)) {
      return null;
    }
    if (!(list.element() instanceof Repeated inner)) {
      return list.numbers(place);
    }
    float[][] rows = new float[list.to(place) - list.from(place)][];
    for (int i = 0; i < rows.length; i++) {
      float[] row = inner.numbers(list.from(place) + i);
      if (row == null) {
        return null;
      }
      rows[i] = row;
    }
    return rows;
  }

  /** A sparse vector as COPY TO writes it: a list of indices beside one of values. */
  private static @Nullable SparseVectorValue sparse(Struct struct, int place) {
    if (struct.fields().size() != 2
        || !(struct.fields().get("indices") instanceof Repeated indices)
        || !(struct.fields().get("values") instanceof Repeated values)
        || !(indices.at(place) instanceof List<?> places)) {
      return null;
    }
    int[] at = new int[places.size()];
    for (int i = 0; i < at.length; i++) {
      if (!(places.get(i) instanceof Long index)
          || index < 0
          || index > Integer.MAX_VALUE
          || i > 0 && index <= at[i - 1]) {
        return null;
      }
      at[i] = index.intValue();
    }
    float[] weights = values.numbers(place);
    return weights == null || weights.length != at.length
        ? null
        : new SparseVectorValue(at, weights);
  }
}

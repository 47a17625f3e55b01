package io.quiver.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ColumnReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a file's schema over the batch its columns are at. A place is the number of an item in
 * the batch at the node's level: of a row, of an element of all the lists of the batch, and so on.
 */
sealed interface BatchNode {
  /** The value at a place: of a leaf, a list of such, or a map of them by name. */
  @Nullable Object at(int place);

  /** A single value. */
  record Leaf(ColumnReader column, @Nullable LogicalType type) implements BatchNode {
    @Override
    public @Nullable Object at(int place) {
      if (column.getLeafValidity().isNull(place)) {
        return null;
      }
      return switch (column.getColumnSchema().type()) {
        case BOOLEAN -> column.getBooleans()[place];
        case INT32 -> LeafValue.of(column.getInts()[place], type);
        case INT64 -> LeafValue.of(column.getLongs()[place], type);
        case FLOAT -> column.getFloats()[place];
        case DOUBLE -> column.getDoubles()[place];
        case INT96 -> LeafValue.ofInt96(bytes(place));
        case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> LeafValue.of(bytes(place), type);
      };
    }

    private byte[] bytes(int place) {
      int[] offsets = column.getBinaryOffsets();
      return Arrays.copyOfRange(column.getBinaryValues(), offsets[place], offsets[place + 1]);
    }

    /** The numbers of places that follow each other, or null if one is null or no number. */
    float @Nullable [] numbers(int from, int to) {
      if (column.getLeafValidity().hasNulls()) {
        for (int place = from; place < to; place++) {
          if (column.getLeafValidity().isNull(place)) {
            return null;
          }
        }
      }
      float[] numbers = new float[to - from];
      switch (column.getColumnSchema().type()) {
        case FLOAT -> System.arraycopy(column.getFloats(), from, numbers, 0, numbers.length);
        case DOUBLE -> {
          double[] stored = column.getDoubles();
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) stored[from + i];
          }
        }
        default -> {
          for (int i = 0; i < numbers.length; i++) {
            if (!(at(from + i) instanceof Number number)) {
              return null;
            }
            numbers[i] = number.floatValue();
          }
        }
      }
      return numbers;
    }
  }

  /**
   * A list.
   *
   * @param column any of the columns below it
   * @param layer of the list in that column
   */
  record Repeated(ColumnReader column, int layer, BatchNode element) implements BatchNode {
    @Override
    public @Nullable List<@Nullable Object> at(int place) {
      if (column.getLayerValidity(layer).isNull(place)) {
        return null;
      }
      List<@Nullable Object> elements = new ArrayList<>();
      int to = to(place);
      for (int i = from(place); i < to; i++) {
        elements.add(element.at(i));
      }
      return elements;
    }

    int from(int place) {
      return column.getLayerOffsets(layer)[place];
    }

    int to(int place) {
      return column.getLayerOffsets(layer)[place + 1];
    }

    boolean isNull(int place) {
      return column.getLayerValidity(layer).isNull(place);
    }

    /** The numbers of the list at a place, or null if it has anything else or is null itself. */
    float @Nullable [] numbers(int place) {
      return element instanceof Leaf leaf && !isNull(place)
          ? leaf.numbers(from(place), to(place))
          : null;
    }
  }

  /**
   * Fields by their names.
   *
   * @param layer that tells whether it is there; -1 if it always is
   */
  record Struct(ColumnReader column, int layer, Map<String, BatchNode> fields)
      implements BatchNode {
    @Override
    public @Nullable Map<String, @Nullable Object> at(int place) {
      if (layer >= 0 && column.getLayerValidity(layer).isNull(place)) {
        return null;
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      fields.forEach((name, field) -> values.put(name, field.at(place)));
      return values;
    }
  }

  /** Values by keys of the row's own. */
  record Keyed(ColumnReader column, int layer, BatchNode key, BatchNode value)
      implements BatchNode {
    @Override
    public @Nullable Map<String, @Nullable Object> at(int place) {
      if (column.getLayerValidity(layer).isNull(place)) {
        return null;
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      int[] offsets = column.getLayerOffsets(layer);
      for (int i = offsets[place]; i < offsets[place + 1]; i++) {
        values.put(String.valueOf(key.at(i)), value.at(i));
      }
      return values;
    }
  }
}

package io.quiver.planner.physical;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys a filter leaves possible, where it names each of them. */
final class FixedKeys {
  /** More keys than this are looked for by a scan. */
  private static final int MOST = 10_000;

  private FixedKeys() {}

  static Optional<List<Object[]>> of(RowFilter filter, CollectionSchema schema) {
    List<RowFilter> parts = filter instanceof RowFilter.And and ? and.parts() : List.of(filter);
    List<List<Object>> values = new ArrayList<>();
    for (int ordinal : schema.key()) {
      List<Object> fixed = fixed(parts, ordinal);
      if (fixed == null) {
        return Optional.empty();
      }
      values.add(fixed);
    }
    List<Object[]> keys = new ArrayList<>();
    keys.add(new Object[values.size()]);
    for (int i = 0; i < values.size(); i++) {
      List<Object[]> longer = new ArrayList<>();
      for (Object[] key : keys) {
        for (Object value : values.get(i)) {
          Object[] copy = key.clone();
          copy[i] = value;
          longer.add(copy);
        }
      }
      keys = longer;
      if (keys.size() > MOST) {
        return Optional.empty();
      }
    }
    return Optional.of(keys);
  }

  private static @Nullable List<Object> fixed(List<RowFilter> parts, int ordinal) {
    for (RowFilter part : parts) {
      if (part instanceof RowFilter.Compare compare
          && compare.column() == ordinal
          && compare.comparison() == RowFilter.Comparison.EQUAL) {
        return List.of(compare.value());
      }
      if (part instanceof RowFilter.In in && in.column() == ordinal && !in.negated()) {
        return in.values();
      }
    }
    return null;
  }
}

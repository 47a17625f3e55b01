package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The shards a filter can have rows in: few where it fixes what decides the shard. */
final class ShardPruning {
  /** Combinations of key values worth working out. */
  private static final int MAX_KEYS = 1024;

  private static final Set<Integer> ONLY = Set.of(0);

  private final CollectionSchema schema;
  private final List<Integer> deciding;

  private ShardPruning(CollectionSchema schema) {
    this.schema = schema;
    this.deciding =
        schema.shardKey().isPresent() ? List.of(schema.shardKey().getAsInt()) : schema.key();
  }

  static Set<Integer> shards(CollectionSchema schema, RowFilter filter) {
    if (schema.shards() == 1) {
      return ONLY;
    }
    Set<Integer> all =
        IntStream.range(0, schema.shards()).boxed().collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> some = new ShardPruning(schema).of(filter);
    return some == null ? all : some;
  }

  /** The shards, or null for all. */
  private @Nullable Set<Integer> of(RowFilter filter) {
    return switch (filter) {
      case RowFilter.Nothing nothing -> Set.of();
      case RowFilter.Or or -> {
        Set<Integer> union = new TreeSet<>();
        for (RowFilter part : or.parts()) {
          Set<Integer> shards = of(part);
          if (shards == null) {
            yield null;
          }
          union.addAll(shards);
        }
        yield union;
      }
      case RowFilter.And and -> {
        Set<Integer> common = fixed(and.parts());
        for (RowFilter part : and.parts()) {
          Set<Integer> shards = of(part);
          if (shards != null) {
            if (common == null) {
              common = new TreeSet<>(shards);
            } else {
              common.retainAll(shards);
            }
          }
        }
        yield common;
      }
      case RowFilter.Compare compare -> fixed(List.of(compare));
      case RowFilter.In in -> fixed(List.of(in));
      case RowFilter.All all -> null;
      case RowFilter.IsNull isNull -> null;
      case RowFilter.Like like -> null;
      case RowFilter.Contains contains -> null;
      case RowFilter.Test test -> null;
    };
  }

  /** The shards left by conditions that all hold, where each deciding column has known values. */
  private @Nullable Set<Integer> fixed(List<RowFilter> parts) {
    List<List<Object>> keys = List.of(List.of());
    for (int column : deciding) {
      List<Object> values = values(column, parts);
      if (values == null || (long) keys.size() * values.size() > MAX_KEYS) {
        return null;
      }
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> key : keys) {
        for (Object value : values) {
          List<Object> extended = new ArrayList<>(key);
          extended.add(value);
          longer.add(extended);
        }
      }
      keys = longer;
    }
    Set<Integer> shards = new TreeSet<>();
    for (List<Object> key : keys) {
      shards.add(Sharding.shard(schema, RowKey.of(key.toArray())));
    }
    return shards;
  }

  private static @Nullable List<Object> values(int column, List<RowFilter> parts) {
    for (RowFilter part : parts) {
      if (part instanceof RowFilter.Compare compare
          && compare.column() == column
          && compare.comparison() == RowFilter.Comparison.EQUAL) {
        return List.of(compare.value());
      }
      if (part instanceof RowFilter.In in && in.column() == column && !in.negated()) {
        return in.values();
      }
    }
    return null;
  }
}

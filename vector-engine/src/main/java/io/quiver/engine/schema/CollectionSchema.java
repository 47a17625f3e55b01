package io.quiver.engine.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a collection is made of. Immutable; a change makes a new one.
 *
 * @param id stable, unique in the database, never used again
 * @param name for messages; unique among live collections
 * @param columns in order; an ordinal into this list is what requests and filters call a column
 * @param key ordinals of the key columns, at least one, none nullable
 * @param shards how many shards, from 1 to {@link #MAX_SHARDS}
 * @param shardKey ordinal of the key column that alone decides the shard; empty for the whole key
 * @param indexes at most one of each kind a column
 * @param version rises with each change of the table, also with one that the engine does not see; a
 *     batch made for another version is refused
 */
public record CollectionSchema(
    long id,
    String name,
    List<ColumnSpec> columns,
    List<Integer> key,
    int shards,
    OptionalInt shardKey,
    List<IndexSpec> indexes,
    int version) {
  public static final int MAX_SHARDS = 256;

  /** The first version of a collection. */
  public CollectionSchema(
      long id,
      String name,
      List<ColumnSpec> columns,
      List<Integer> key,
      int shards,
      OptionalInt shardKey,
      List<IndexSpec> indexes) {
    this(id, name, columns, key, shards, shardKey, indexes, 0);
  }

  public CollectionSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    indexes = List.copyOf(indexes);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("Invalid collection: " + name + " has no key");
    }
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "Invalid shards: " + shards + " is not between 1 and " + MAX_SHARDS);
    }
    Set<String> names = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (ColumnSpec column : columns) {
      if (!names.add(column.name()) || !ids.add(column.id())) {
        throw new IllegalArgumentException("Invalid collection: two columns " + column.name());
      }
    }
    for (int ordinal : key) {
      ColumnSpec column = columns.get(ordinal);
      if (column.nullable() || !(column.type() instanceof ColumnType.Scalar)) {
        throw new IllegalArgumentException("Invalid key column: " + column.name());
      }
    }
    if (shardKey.isPresent() && !key.contains(shardKey.getAsInt())) {
      throw new IllegalArgumentException("Invalid shard key: it is not part of the key");
    }
    for (IndexSpec index : indexes) {
      if (!names.contains(index.column())) {
        throw new IllegalArgumentException("Invalid index: no column " + index.column());
      }
    }
    checkTenants(name, columns, indexes);
  }

  private static void checkTenants(String name, List<ColumnSpec> columns, List<IndexSpec> indexes) {
    Set<String> tenants = new HashSet<>();
    for (IndexSpec index : indexes) {
      if (index instanceof IndexSpec.Hnsw hnsw && hnsw.tenant().isPresent()) {
        tenants.add(hnsw.tenant().get());
      }
    }
    for (ColumnSpec column : columns) {
      if (tenants.contains(column.name()) && !(column.type() instanceof ColumnType.Scalar)) {
        throw new IllegalArgumentException(
            "Invalid tenant: column " + column.name() + " is not a scalar");
      }
      if (tenants.contains(column.name()) && column.derivation().isPresent()) {
        throw new IllegalArgumentException(
            "Invalid tenant: column " + column.name() + " is derived");
      }
    }
    if (tenants.size() > 1) {
      throw new IllegalArgumentException(
          "Invalid tenants: rows of " + name + " can be kept together by one column");
    }
    if (columns.stream().noneMatch(column -> tenants.contains(column.name()))
        && !tenants.isEmpty()) {
      throw new IllegalArgumentException("Invalid tenant: no column " + tenants.iterator().next());
    }
  }

  /** The column by whose value segments keep rows together, if an index asks for that. */
  public Optional<ColumnSpec> tenant() {
    return indexes.stream()
        .filter(IndexSpec.Hnsw.class::isInstance)
        .flatMap(index -> ((IndexSpec.Hnsw) index).tenant().stream())
        .findFirst()
        .map(column -> columns.get(ordinal(column).orElseThrow()));
  }

  /** The column with this id, if there is one still. */
  public Optional<ColumnSpec> column(int id) {
    return columns.stream().filter(column -> column.id() == id).findFirst();
  }

  /** Ordinal of the column with this name. */
  public OptionalInt ordinal(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}

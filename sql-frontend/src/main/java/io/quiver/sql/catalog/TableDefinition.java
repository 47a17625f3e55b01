package io.quiver.sql.catalog;

import io.quiver.engine.schema.CollectionSchema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table.
 *
 * @param id the engine's collection
 * @param columns in order, those of every visibility; the ordinals of {@link #collection} are
 *     positions in this list
 * @param primaryKey names of the key columns; {@link #ROW_NUMBER} alone where the user gave none
 * @param checks conditions each row must meet
 * @param uniques sets of columns no two rows may agree in
 * @param shardKey the key column that alone decides a row's shard
 * @param comment empty where there is none
 */
public record TableDefinition(
    long id,
    String schema,
    String name,
    List<ColumnDefinition> columns,
    List<String> primaryKey,
    List<IndexDefinition> indexes,
    List<CheckDefinition> checks,
    List<UniqueDefinition> uniques,
    int shards,
    Optional<String> shardKey,
    String comment) {
  /** The internal key column of a table without a primary key. */
  public static final String ROW_NUMBER = "$row";

  public TableDefinition {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    indexes = List.copyOf(indexes);
    checks = List.copyOf(checks);
    uniques = List.copyOf(uniques);
  }

  /** A condition each row must meet: true or unknown. */
  public record CheckDefinition(String name, String sql) {}

  /** Columns in which no two rows may agree. */
  public record UniqueDefinition(String name, List<String> columns) {
    public UniqueDefinition {
      columns = List.copyOf(columns);
    }
  }

  /** Position of the column of this name among {@link #columns}. */
  public OptionalInt ordinal(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether rows are told apart by a number of ours, there being no primary key. */
  public boolean isKeyedByRowNumber() {
    return primaryKey.equals(List.of(ROW_NUMBER));
  }

  /** The engine's side of the table; its columns have the same ordinals. */
  public CollectionSchema collection() {
    return new CollectionSchema(
        id,
        schema + "." + name,
        columns.stream().map(ColumnDefinition::spec).toList(),
        primaryKey.stream().map(this::keyOrdinal).toList(),
        shards,
        shardKey.map(column -> OptionalInt.of(keyOrdinal(column))).orElse(OptionalInt.empty()),
        indexes.stream().map(IndexDefinition::spec).toList());
  }

  private int keyOrdinal(String column) {
    return ordinal(column).orElseThrow(() -> new IllegalStateException("No column " + column));
  }
}

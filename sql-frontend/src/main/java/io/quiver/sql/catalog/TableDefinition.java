package io.quiver.sql.catalog;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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
 * @param version rises with each change that a write must know of
 * @param nextColumnId no column has it or had it, nor a higher one
 * @param sequences the collection that keeps the numbers of identity columns; 0 for none
 * @param ttl the column that says when a row expires
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
    String comment,
    int version,
    int nextColumnId,
    long sequences,
    Optional<String> ttl) {
  /** The internal key column of a table without a primary key. */
  public static final String ROW_NUMBER = "$row";

  public TableDefinition {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    indexes = List.copyOf(indexes);
    checks = List.copyOf(checks);
    uniques = List.copyOf(uniques);
  }

  /** The first version of a table without identity columns and expiry. */
  public TableDefinition(
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
    this(
        id,
        schema,
        name,
        columns,
        primaryKey,
        indexes,
        checks,
        uniques,
        shards,
        shardKey,
        comment,
        0,
        afterAll(columns),
        0,
        Optional.empty());
  }

  /** The lowest id above those of all these columns. */
  static int afterAll(List<ColumnDefinition> columns) {
    return columns.stream().mapToInt(ColumnDefinition::id).max().orElse(-1) + 1;
  }

  /** A condition each row must meet: true or unknown. */
  public record CheckDefinition(String name, String sql) {}

  /**
   * Columns in which no two rows may agree, unless one is null.
   *
   * @param collection of the engine that keeps the values there are; 0 for a key that is not
   *     enforced
   */
  public record UniqueDefinition(String name, List<String> columns, long collection) {
    public UniqueDefinition {
      columns = List.copyOf(columns);
    }

    public UniqueDefinition(String name, List<String> columns) {
      this(name, columns, 0);
    }
  }

  /**
   * The collection in which a unique constraint's values are keys, each with the primary key of its
   * row behind it. So a commit finds that a value is taken as it finds that a key is: in the order
   * of the log.
   */
  public CollectionSchema entries(UniqueDefinition unique) {
    List<ColumnSpec> entry = new ArrayList<>();
    for (String column : unique.columns()) {
      entry.add(entryColumn(entry.size(), column));
    }
    for (String column : primaryKey) {
      entry.add(entryColumn(entry.size(), column));
    }
    return new CollectionSchema(
        unique.collection(),
        "table " + id + "." + unique.name(),
        entry,
        IntStream.range(0, unique.columns().size()).boxed().toList(),
        1,
        OptionalInt.empty(),
        List.of());
  }

  private ColumnSpec entryColumn(int id, String column) {
    return ColumnSpec.of(id, "c" + id, columns.get(keyOrdinal(column)).type().engineType(), false);
  }

  /** The collection with the next number of each identity column, by column id. */
  public CollectionSchema sequenceRows() {
    return new CollectionSchema(
        sequences,
        "table " + id + ".sequences",
        List.of(
            ColumnSpec.of(0, "column", new ColumnType.Scalar(ScalarKind.INT32), false),
            ColumnSpec.of(1, "next", new ColumnType.Scalar(ScalarKind.INT64), false)),
        List.of(0),
        1,
        OptionalInt.empty(),
        List.of());
  }

  /** Every collection of the engine that belongs to the table. */
  public List<Long> collections() {
    List<Long> all = new ArrayList<>(List.of(id));
    uniques.stream().map(UniqueDefinition::collection).filter(each -> each != 0).forEach(all::add);
    if (sequences != 0) {
      all.add(sequences);
    }
    return all;
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
        indexes.stream().map(IndexDefinition::spec).toList(),
        version);
  }

  private int keyOrdinal(String column) {
    return ordinal(column).orElseThrow(() -> new IllegalStateException("No column " + column));
  }
}

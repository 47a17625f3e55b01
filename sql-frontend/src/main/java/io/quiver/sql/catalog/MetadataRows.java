package io.quiver.sql.catalog;

import io.quiver.engine.schema.IndexSpec;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a definition looks like in the tables of the information schema. */
final class MetadataRows {
  private final List<Row> rows = new ArrayList<>();
  private final String schema;
  private final String name;

  private MetadataRows(String schema, String name) {
    this.schema = schema;
    this.name = name;
  }

  /**
   * A row.
   *
   * @param values one a column, {@code String} or {@code Integer}, empty for null
   */
  record Row(InformationSchema table, List<Optional<Object>> values) {}

  static List<Row> ofSchema(String schema, String comment) {
    MetadataRows made = new MetadataRows(schema, "");
    made.add(InformationSchema.SCHEMATA, null, schema, null, orNull(comment));
    return made.rows;
  }

  /** The information schema tells of itself, as others do. */
  static List<Row> ofInformationSchema() {
    List<Row> all = new ArrayList<>(ofSchema(InformationSchema.SCHEMA, ""));
    for (InformationSchema table : InformationSchema.values()) {
      all.addAll(ofSystemTable(InformationSchema.SCHEMA, table.tableName(), table.columns()));
    }
    return all;
  }

  /** Tables about the running database, and their schemas. */
  static List<Row> ofSystemTables(List<SystemTable> tables) {
    List<Row> all = new ArrayList<>();
    tables.stream()
        .map(SystemTable::schema)
        .distinct()
        .forEach(schema -> all.addAll(ofSchema(schema, "")));
    for (SystemTable table : tables) {
      all.addAll(ofSystemTable(table.schema(), table.name(), table.columns()));
    }
    return all;
  }

  private static List<Row> ofSystemTable(
      String schema, String name, List<ColumnDefinition> columns) {
    MetadataRows made = new MetadataRows(schema, name);
    made.addTable("SYSTEM TABLE", null, null, "");
    int position = 0;
    for (ColumnDefinition column : columns) {
      made.addColumn(column, ++position);
    }
    return made.rows;
  }

  static List<Row> ofTable(TableDefinition table) {
    MetadataRows made = new MetadataRows(table.schema(), table.name());
    made.addTable("BASE TABLE", table.shards(), table.shardKey().orElse(null), table.comment());
    int position = 0;
    for (ColumnDefinition column : table.columns()) {
      if (column.visibility() != Visibility.INTERNAL) {
        made.addColumn(column, ++position);
      }
    }
    if (!table.isKeyedByRowNumber()) {
      made.addKey(table.name() + "_pkey", "PRIMARY KEY", table.primaryKey());
    }
    for (UniqueDefinition unique : table.uniques()) {
      made.addKey(unique.name(), "UNIQUE", unique.columns());
    }
    for (CheckDefinition check : table.checks()) {
      made.addConstraint(check.name(), "CHECK");
      made.add(
          InformationSchema.CHECK_CONSTRAINTS,
          null,
          table.schema(),
          check.name(),
          table.schema(),
          table.name(),
          check.sql());
    }
    table.indexes().forEach(made::addIndex);
    return made.rows;
  }

  static List<Row> ofView(ViewDefinition view) {
    MetadataRows made = new MetadataRows(view.schema(), view.name());
    made.addTable("VIEW", null, null, view.comment());
    made.add(
        InformationSchema.VIEWS,
        null,
        view.schema(),
        view.name(),
        view.query(),
        "NONE",
        "NO",
        orNull(view.comment()));
    return made.rows;
  }

  private void addTable(
      String type, @Nullable Integer shards, @Nullable String shardKey, String comment) {
    add(InformationSchema.TABLES, null, schema, name, type, shards, shardKey, orNull(comment));
  }

  private void addColumn(ColumnDefinition column, int position) {
    Sizes sizes = Sizes.of(column.type());
    add(
        InformationSchema.COLUMNS,
        null,
        schema,
        name,
        column.name(),
        position,
        column.defaultSql().orElse(null),
        yesNo(column.nullable()),
        sizes.dataType(),
        column.type().sql(),
        sizes.length(),
        sizes.digits(),
        sizes.scale(),
        sizes.second(),
        sizes.dimension(),
        sizes.element(),
        yesNo(column.visibility() == Visibility.HIDDEN),
        yesNo(column.identity()),
        column.computedSql().orElse(null),
        orNull(column.comment()));
  }

  private void addKey(String constraint, String type, List<String> columns) {
    addConstraint(constraint, type);
    int position = 0;
    for (String column : columns) {
      add(
          InformationSchema.KEY_COLUMN_USAGE,
          null,
          schema,
          constraint,
          schema,
          name,
          column,
          ++position);
    }
  }

  private void addConstraint(String constraint, String type) {
    add(InformationSchema.TABLE_CONSTRAINTS, null, schema, constraint, schema, name, type);
  }

  private void addIndex(IndexDefinition index) {
    String metric = null;
    String options = null;
    switch (index.spec()) {
      case IndexSpec.Hnsw hnsw -> {
        metric = hnsw.metric().name().toLowerCase(Locale.ROOT);
        options =
            "m = "
                + hnsw.m()
                + ", ef_construction = "
                + hnsw.efConstruction()
                + ", quantization = "
                + hnsw.quantization().name().toLowerCase(Locale.ROOT)
                + hnsw.tenant().map(column -> ", tenant = " + column).orElse("");
      }
      case IndexSpec.Inverted inverted -> metric = "inner_product";
      case IndexSpec.Bm25 bm25 -> options = "k1 = " + bm25.k1() + ", b = " + bm25.b();
      case IndexSpec.Muvera muvera -> {
        metric = "maxsim";
        options = "m = " + muvera.m() + ", ef_construction = " + muvera.efConstruction();
      }
      case IndexSpec.Payload payload -> {}
    }
    add(
        InformationSchema.INDEXES,
        null,
        schema,
        name,
        index.name(),
        index.method(),
        "NO",
        yesNo(index.automatic()),
        metric,
        options,
        orNull(index.comment()));
    add(InformationSchema.INDEX_COLUMNS, null, schema, name, index.name(), index.expression(), 1);
  }

  private void add(InformationSchema table, @Nullable Object... values) {
    List<Optional<Object>> row = new ArrayList<>();
    for (Object value : values) {
      row.add(Optional.ofNullable(value));
    }
    if (row.size() != table.columns().size()) {
      throw new IllegalStateException(
          table + " has " + table.columns().size() + " columns, the row " + row.size());
    }
    rows.add(new Row(table, row));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String yesNo(boolean yes) {
    return yes ? "YES" : "NO";
  }

  /** A type taken apart, each part null where the type has none. */
  private record Sizes(
      String dataType,
      @Nullable Integer length,
      @Nullable Integer digits,
      @Nullable Integer scale,
      @Nullable Integer second,
      @Nullable Integer dimension,
      @Nullable String element) {

    static Sizes of(SqlColumnType type) {
      return switch (type) {
        case SqlColumnType.Scalar scalar -> ofScalar(scalar);
        case SqlColumnType.TextArray array -> named("ARRAY");
        case SqlColumnType.Vector vector ->
            new Sizes(
                "VECTOR", null, null, null, null, vector.dimension(), vector.element().name());
        case SqlColumnType.SparseVector sparse ->
            new Sizes("SPARSEVEC", null, null, null, null, sparse.dimension(), "FLOAT32");
        case SqlColumnType.MultiVector multi ->
            new Sizes("MULTIVECTOR", null, null, null, null, multi.dimension(), "FLOAT16");
      };
    }

    private static Sizes ofScalar(SqlColumnType.Scalar scalar) {
      Integer precision = scalar.precision() < 0 ? null : scalar.precision();
      String name = SqlColumnType.Scalar.of(scalar.type()).sql();
      return switch (scalar.type()) {
        case VARCHAR, VARBINARY -> new Sizes(name, precision, null, null, null, null, null);
        case DECIMAL ->
            new Sizes(
                name, null, precision, precision == null ? null : scalar.scale(), null, null, null);
        case TIME, TIMESTAMP, TIMESTAMP_TZ ->
            new Sizes(name, null, null, null, precision == null ? 3 : precision, null, null);
        case SMALLINT -> new Sizes(name, null, 5, 0, null, null, null);
        case INTEGER -> new Sizes(name, null, 10, 0, null, null, null);
        case BIGINT -> new Sizes(name, null, 19, 0, null, null, null);
        case REAL -> new Sizes(name, null, 7, null, null, null, null);
        case DOUBLE -> new Sizes(name, null, 15, null, null, null, null);
        case BOOLEAN, JSON, DATE, UUID -> named(name);
      };
    }

    private static Sizes named(String name) {
      return new Sizes(name, null, null, null, null, null, null);
    }
  }
}

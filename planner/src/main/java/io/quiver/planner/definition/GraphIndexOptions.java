package io.quiver.planner.definition;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.IndexKeyClause;
import io.quiver.sql.parser.OptionClause;
import io.quiver.sql.problem.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;

/** Indexes by graphs, HNSW and MUVERA, from the options of a CREATE INDEX. */
record GraphIndexOptions(IndexDefiner definer, CreateIndex statement, TableDefinition table) {
  private static final List<String> HNSW_OPTIONS =
      List.of("metric", "m", "ef_construction", "quantization", "tenant");

  private static final List<String> MUVERA_OPTIONS = List.of("m", "ef_construction");

  IndexSpec hnsw(ColumnDefinition column, IndexKeyClause key) {
    Optional<DistanceMetric> byClass =
        Optional.ofNullable(key.operatorClass()).map(OperatorClass::metric);
    Optional<DistanceMetric> byOption = Optional.empty();
    int m = IndexSpec.Hnsw.DEFAULT_M;
    int efConstruction = IndexSpec.Hnsw.DEFAULT_EF_CONSTRUCTION;
    Quantization quantization = Quantization.AUTO;
    Optional<String> tenant = Optional.empty();
    for (OptionClause option : statement.options()) {
      switch (option.name().toString().toLowerCase(Locale.ROOT)) {
        case "metric" -> byOption = Optional.of(OperatorClass.metric(option));
        case "m" -> m = TableOptions.number(option, 64);
        case "ef_construction" -> efConstruction = TableOptions.number(option, 4096);
        case "quantization" -> quantization = OperatorClass.quantization(option);
        case "tenant" -> tenant = Optional.of(tenant(option));
        default -> throw TableOptions.unknown(option, HNSW_OPTIONS);
      }
    }
    if (byClass.isPresent() && byOption.isPresent() && !byClass.equals(byOption)) {
      throw DefinitionProblem.at(
          ErrorCode.OPTION_INVALID,
          key.position(),
          "The operator class says "
              + byClass.get().name().toLowerCase(Locale.ROOT)
              + ", the option metric "
              + byOption.get().name().toLowerCase(Locale.ROOT),
          "Give one of the two.");
    }
    DistanceMetric metric = byOption.or(() -> byClass).orElse(DistanceMetric.COSINE);
    int links = m;
    int candidates = efConstruction;
    Quantization codes = quantization;
    Optional<String> tenants = tenant;
    return inRange(
        () ->
            new IndexSpec.Hnsw(
                definer.indexName(column.name(), "hnsw"),
                column.name(),
                metric,
                links,
                candidates,
                codes,
                tenants));
  }

  IndexSpec muvera(ColumnDefinition column) {
    int m = IndexSpec.Hnsw.DEFAULT_M;
    int efConstruction = IndexSpec.Hnsw.DEFAULT_EF_CONSTRUCTION;
    for (OptionClause option : statement.options()) {
      switch (option.name().toString().toLowerCase(Locale.ROOT)) {
        case "m" -> m = TableOptions.number(option, 64);
        case "ef_construction" -> efConstruction = TableOptions.number(option, 4096);
        default -> throw TableOptions.unknown(option, MUVERA_OPTIONS);
      }
    }
    int links = m;
    int candidates = efConstruction;
    return inRange(
        () ->
            new IndexSpec.Muvera(
                definer.indexName(column.name(), "muvera"), column.name(), links, candidates));
  }

  private IndexSpec inRange(Supplier<IndexSpec> spec) {
    try {
      return spec.get();
    } catch (IllegalArgumentException outOfRange) {
      throw DefinitionProblem.at(
          ErrorCode.OPTION_INVALID,
          statement.table().getParserPosition(),
          String.valueOf(outOfRange.getMessage()),
          "Choose a value within the range.");
    }
  }

  /** The column that says whose a row is: a scalar, and the same for all indexes of the table. */
  private String tenant(OptionClause option) {
    ColumnDefinition column =
        definer.column(new SqlIdentifier(option.value(), option.valuePosition()));
    if (!(column.type() instanceof SqlColumnType.Scalar)) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          option.valuePosition(),
          "Column " + column.name() + " is of type " + column.type().sql() + " and names no tenant",
          "Name a column of numbers, text or UUIDs.");
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.spec() instanceof IndexSpec.Hnsw hnsw
          && hnsw.tenant().filter(other -> !other.equals(column.name())).isPresent()) {
        throw DefinitionProblem.at(
            ErrorCode.INDEX_INVALID,
            option.valuePosition(),
            "Index "
                + index.name()
                + " keeps rows together by "
                + hnsw.tenant().get()
                + ", which rows can be by one column alone",
            "Name " + hnsw.tenant().get() + " here too, or leave tenant out.");
      }
    }
    return column.name();
  }
}

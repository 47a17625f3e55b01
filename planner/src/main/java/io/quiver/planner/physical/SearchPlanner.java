package io.quiver.planner.physical;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ConditionText;
import io.quiver.planner.rule.LogicalRecall;
import io.quiver.planner.rule.LogicalSearch;
import io.quiver.planner.rule.SearchSpec;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes the running form of a search. */
public final class SearchPlanner {
  /** The terms of a text by the recipe of an index, as the engine's deriver makes those of rows. */
  @FunctionalInterface
  public interface TermRecipe {
    SparseVectorValue terms(String recipe, String text);
  }

  private final PhysicalPlanner planner;
  private final TermRecipe terms;

  SearchPlanner(PhysicalPlanner planner, TermRecipe terms) {
    this.planner = planner;
    this.terms = terms;
  }

  PlanNode plan(LogicalSearch search, ImmutableBitSet wanted, boolean named) {
    CatalogTable table = ScanPlanner.catalogTable(search.searchedTable());
    SearchSpec spec = search.spec();
    TableDefinition definition =
        table.stored().orElseThrow(() -> new IllegalStateException("Not stored: " + table));
    if (!spec.isBounded()) {
      throw unbounded(spec);
    }
    ColumnDefinition column = table.columns().get(spec.column());
    Searched searched = searched(spec, definition, column, table.ordinal(spec.column()));
    List<String> notes = new ArrayList<>(spec.notes());
    searched.note().ifPresent(notes::add);
    SearchRequestSource request =
        new SearchRequestSource(
            searched.target(),
            searched.ordinal(),
            column.name(),
            searched.dimension(),
            compile(spec.query()),
            spec.topK().map(this::compile),
            spec.limited(),
            new EffortSource(
                spec.effort().efSearch().map(this::compile),
                spec.effort().exact().map(this::compile),
                spec.effort().targetRecall().map(this::compile)),
            planner.filters(table).translate(planner.scans().conditions(table, spec.conditions())),
            spec.maxDistances().stream().map(this::compile).toList(),
            spec.minScores().stream().map(this::compile).toList(),
            notes,
            label(spec, searched, column, table));
    Optional<DistanceMetric> metric =
        searched.target() instanceof SearchRequestSource.Target.Dense(DistanceMetric m)
            ? Optional.of(m)
            : Optional.empty();
    int width = table.columns().size() + (named ? 3 : 2);
    return new SearchNode(
        TableNode.of(table, wanted, width),
        request,
        metric,
        search.candidates().map(this::candidates),
        named,
        search.isCorrelated(),
        spec.origin().isEmpty() && column.nullable() && spec.maxDistances().isEmpty());
  }

  /** A measurement by the metric of the column's index. */
  PlanNode plan(LogicalRecall recall) {
    CatalogTable table = ScanPlanner.catalogTable(recall.measuredTable());
    LogicalRecall.Spec spec = recall.spec();
    ColumnDefinition column = table.columns().get(spec.column());
    TableDefinition definition = table.stored().orElseThrow(IllegalStateException::new);
    DistanceMetric metric =
        indexOf(definition, column)
            .map(IndexDefinition::spec)
            .map(each -> each instanceof IndexSpec.Hnsw hnsw ? hnsw.metric() : null)
            .orElse(DistanceMetric.COSINE);
    return new RecallNode(
        TableNode.of(table, ImmutableBitSet.of(), table.columns().size()),
        spec.column(),
        metric,
        spec.topK().map(this::compile),
        spec.sample().map(this::compile),
        new EffortSource(spec.efSearch().map(this::compile), Optional.empty(), Optional.empty()),
        planner.filters(table).translate(planner.scans().conditions(table, List.of())));
  }

  private static SqlProblemException unbounded(SearchSpec spec) {
    String message = spec.kind() + " needs top_k, LIMIT or max_distance";
    String remedy = "say how many rows you want, as in top_k => 10.";
    return spec.origin()
        .map(at -> SqlProblem.at(ErrorCode.SEARCH_UNBOUNDED, at.position(), message, remedy))
        .orElse(SqlProblem.of(ErrorCode.SEARCH_UNBOUNDED, message, remedy))
        .asException();
  }

  private Evaluator compile(RexNode node) {
    return planner.expressions().compile(node);
  }

  /** The inner search of a rerank, its rows ending with their names. */
  private PlanNode candidates(RelNode rel) {
    return switch (rel) {
      case Filter filter -> {
        PlanNode input = candidates(filter.getInput());
        yield new FilterNode(
            input,
            compile(filter.getCondition()),
            new ConditionText(
                    field -> filter.getInput().getRowType().getFieldNames().get(field),
                    planner.builder())
                .of(filter.getCondition()));
      }
      case LogicalSearch search -> plan(search, ImmutableBitSet.range(search.tableFields()), true);
      default -> throw new IllegalStateException("Not a search of candidates: " + rel);
    };
  }

  /** What the engine searches for a column of SQL. */
  private record Searched(
      SearchRequestSource.Target target,
      int ordinal,
      int dimension,
      Optional<String> index,
      Optional<String> note) {}

  private Searched searched(
      SearchSpec spec, TableDefinition table, ColumnDefinition column, int ordinal) {
    return switch (column.type()) {
      case SqlColumnType.Vector vector -> dense(spec, table, column, ordinal, vector);
      case SqlColumnType.SparseVector sparse ->
          new Searched(
              new SearchRequestSource.Target.Sparse(),
              ordinal,
              sparse.dimension() == Integer.MAX_VALUE ? 0 : sparse.dimension(),
              indexOf(table, column).map(IndexDefinition::name),
              Optional.empty());
      case SqlColumnType.MultiVector multi ->
          new Searched(
              new SearchRequestSource.Target.MaxSim(),
              ordinal,
              multi.dimension(),
              indexOf(table, column).map(IndexDefinition::name),
              Optional.empty());
      case SqlColumnType.Scalar scalar -> text(spec, table, column);
      case SqlColumnType.TextArray array -> throw notSearchable(spec, column);
    };
  }

  private static Optional<IndexDefinition> indexOf(TableDefinition table, ColumnDefinition column) {
    return table.indexes().stream()
        .filter(index -> index.spec().column().equals(column.name()))
        .findFirst();
  }

  private static Searched dense(
      SearchSpec spec,
      TableDefinition table,
      ColumnDefinition column,
      int ordinal,
      SqlColumnType.Vector vector) {
    Optional<IndexDefinition> index = indexOf(table, column);
    Optional<DistanceMetric> indexed =
        index.flatMap(
            each ->
                each.spec() instanceof IndexSpec.Hnsw hnsw
                    ? Optional.of(hnsw.metric())
                    : Optional.empty());
    DistanceMetric metric = spec.metric().or(() -> indexed).orElse(DistanceMetric.COSINE);
    boolean served = indexed.isEmpty() || indexed.get() == metric;
    Optional<String> note =
        served
            ? Optional.empty()
            : Optional.of(
                "index "
                    + index.map(IndexDefinition::name).orElse("")
                    + " is for "
                    + indexed.get().name().toLowerCase(java.util.Locale.ROOT)
                    + ", so every row was compared by "
                    + metric.name().toLowerCase(java.util.Locale.ROOT));
    return new Searched(
        new SearchRequestSource.Target.Dense(metric),
        ordinal,
        vector.dimension(),
        served ? index.map(SearchPlanner::shown) : Optional.empty(),
        note);
  }

  private static String shown(IndexDefinition index) {
    return index.spec() instanceof IndexSpec.Hnsw hnsw && hnsw.tenant().isPresent()
        ? index.name() + "(tenant=" + hnsw.tenant().get() + ")"
        : index.name();
  }

  /** A text column is searched through the hidden column of its BM25 index. */
  private Searched text(SearchSpec spec, TableDefinition table, ColumnDefinition column) {
    for (IndexDefinition index : table.indexes()) {
      if (index.spec() instanceof IndexSpec.Bm25 bm25) {
        int ordinal =
            table
                .ordinal(bm25.column())
                .orElseThrow(() -> new IllegalStateException("No column " + bm25.column()));
        var derivation = table.columns().get(ordinal).derivation();
        if (derivation.isPresent() && derivation.get().source().equals(column.name())) {
          String recipe = derivation.get().recipe();
          return new Searched(
              new SearchRequestSource.Target.Text(text -> terms.terms(recipe, text)),
              ordinal,
              0,
              Optional.of(index.name()),
              Optional.empty());
        }
      }
    }
    throw notSearchable(spec, column);
  }

  private static SqlProblemException notSearchable(SearchSpec spec, ColumnDefinition column) {
    String message =
        "column \"" + column.name() + "\" is " + column.type().sql() + " and has no BM25 index";
    String remedy = "CREATE INDEX ON the table USING BM25 (" + column.name() + ").";
    return spec.origin()
        .map(at -> SqlProblem.at(ErrorCode.COLUMN_NOT_SEARCHABLE, at.position(), message, remedy))
        .orElse(SqlProblem.of(ErrorCode.COLUMN_NOT_SEARCHABLE, message, remedy))
        .asException();
  }

  private String label(
      SearchSpec spec, Searched searched, ColumnDefinition column, CatalogTable table) {
    ConditionText text =
        new ConditionText(field -> table.columns().get(field).name(), planner.builder());
    StringBuilder label = new StringBuilder();
    label.append("kind=").append(spec.kind()).append(", column=").append(column.name());
    if (searched.target() instanceof SearchRequestSource.Target.Dense(DistanceMetric metric)) {
      label.append(", metric=").append(metric.name().toLowerCase(java.util.Locale.ROOT));
    }
    spec.topK().ifPresent(rows -> label.append(", k=").append(text.of(rows)));
    label.append(", index=").append(searched.index().orElse("none"));
    List<RexNode> conditions = planner.scans().conditions(table, spec.conditions());
    if (!conditions.isEmpty()) {
      RexNode all = RexUtil.composeConjunction(planner.builder(), conditions);
      label.append(", filter=[").append(text.of(all)).append(']');
    }
    spec.maxDistances().forEach(bound -> label.append(", max_distance=").append(text.of(bound)));
    spec.minScores().forEach(bound -> label.append(", min_score=").append(text.of(bound)));
    return label.toString();
  }
}

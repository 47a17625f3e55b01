package io.quiver.planner;

import com.google.common.collect.ImmutableSet;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.physical.PhysicalPlanner;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.SearchPlanner;
import io.quiver.planner.rule.LogicalRules;
import io.quiver.planner.rule.OrderByDistance;
import io.quiver.planner.rule.SearchBinder;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.StatementParser;
import io.quiver.sql.parser.Unplaced;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.validate.CatalogSchema;
import io.quiver.sql.validate.CatalogTable;
import io.quiver.sql.validate.QueryValidation;
import io.quiver.sql.validate.QueryValidation.ValidatedQuery;
import io.quiver.sql.validate.SearchConvertlets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.hint.HintPredicates;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Plans the queries of one statement against one version of the catalog:
 *
 * <pre>
 * SqlNode → validate → convert → bind searches → rules → order by distance → running plan
 * </pre>
 *
 * <p>For one thread; making one costs microseconds.
 */
public final class QueryPlanner {
  private static final SqlToRelConverter.Config CONVERSION =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withCreateValuesRel(true)
          .withRelBuilderConfigTransform(config -> config.withSimplifyValues(false))
          .withHintStrategyTable(
              HintStrategyTable.builder().hintStrategy("ANN", HintPredicates.TABLE_SCAN).build())
          // A long list stays a list: an engine's filter takes it as it is.
          .withInSubQueryThreshold(Integer.MAX_VALUE);

  private static final SqlToRelConverter.Config UNMERGED =
      CONVERSION.withRelBuilderConfigTransform(
          config -> config.withSimplifyValues(false).withBloat(-1));

  private final CatalogSchema schema;
  private final QueryValidation validation;
  private final SearchPlanner.TermRecipe terms;
  private final RelOptCluster cluster;
  private final SearchConvertlets convertlets = new SearchConvertlets();

  public QueryPlanner(CatalogSchema schema, SearchPlanner.TermRecipe terms) {
    this.schema = schema;
    this.terms = terms;
    this.validation = new QueryValidation(schema);
    VolcanoPlanner planner = new VolcanoPlanner();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    // Constants are computed when the plan runs: Calcite would generate and compile code for each.
    planner.setExecutor(
        (builder, expressions, reduced) ->
            expressions.forEach(each -> reduced.add(convertlets.placed(each))));
    this.cluster = RelOptCluster.create(planner, new RexBuilder(QuiverTypeFactory.INSTANCE));
    cluster.setMetadataQuerySupplier(PlainMetadata::new);
  }

  /** The query, ready to run. */
  public PlannedQuery plan(SqlNode query, String defaultSchema) {
    return plan(query, defaultSchema, false);
  }

  /**
   * The query, ready to run.
   *
   * @param expiredToo whether it reads rows whose time has come, as long as they are there
   */
  public PlannedQuery plan(SqlNode query, String defaultSchema, boolean expiredToo) {
    ValidatedQuery validated = validation.validate(query, defaultSchema);
    RelNode logical = optimised(new SearchBinder().bind(convert(validated).project()));
    PlanNode plan = physical(expiredToo).plan(logical);
    return new PlannedQuery(
        plan, validated.rowType(), columns(validated), validated.parameters(), schema);
  }

  /**
   * The expressions of a SELECT without WHERE, as evaluators over the fields of its tables side by
   * side.
   *
   * @param columns of the SELECT
   * @param parameters types of its parameters
   */
  public record Projections(
      Evaluator[] evaluators, List<ResultColumn> columns, List<RelDataType> parameters) {}

  /** Compiles the items of a SELECT for rows that come from elsewhere than its FROM. */
  public Projections projections(SqlNode select, String defaultSchema) {
    ValidatedQuery validated = validation.validate(select, defaultSchema);
    return new Projections(
        new ExpressionCompiler(cluster.getRexBuilder()).compileAll(items(validated, select)),
        columns(validated),
        validated.parameters());
  }

  /**
   * The same for a statement's own items, which may hold sub-queries that read the row they are
   * computed of.
   */
  public Projections rowValues(SqlNode select, String defaultSchema) {
    ValidatedQuery validated = validation.validate(select, defaultSchema);
    RelNode rel = new SearchBinder().bind(convert(validated).project());
    Set<CorrelationId> variables =
        rel instanceof Project project ? project.getVariablesSet() : Set.of();
    return new Projections(
        physical(false).values(items(rel, select), variables),
        columns(validated),
        validated.parameters());
  }

  /** The items of a SELECT without WHERE, over the fields of its tables side by side. */
  public List<RexNode> expressions(SqlNode select, String defaultSchema) {
    return items(validation.validate(select, defaultSchema), select);
  }

  /** A condition over the fields of a table. */
  public Evaluator condition(CatalogTable table, String condition) {
    TableDefinition stored = table.stored().orElseThrow(IllegalStateException::new);
    SqlNode select = Conditions.select(condition, stored.schema(), stored.name());
    return projections(select, stored.schema()).evaluators()[0];
  }

  /** The condition on the rows of a table that whoever this is planned for may see. */
  private Optional<RexNode> policy(CatalogTable table) {
    return table
        .condition()
        .map(
            condition -> {
              TableDefinition stored = table.stored().orElseThrow(IllegalStateException::new);
              SqlNode select = Conditions.select(condition, stored.schema(), stored.name());
              return expressions(Unplaced.of(select), stored.schema()).getFirst();
            });
  }

  /** The items of a SELECT, over the fields of its tables side by side. */
  private List<RexNode> items(ValidatedQuery validated, SqlNode select) {
    return items(convert(validated).project(), select);
  }

  private List<RexNode> items(RelNode given, SqlNode select) {
    RelNode rel = given;
    while (rel instanceof Project outer && outer.getInput() instanceof Project inner) {
      rel =
          outer.copy(
              outer.getTraitSet(),
              inner.getInput(),
              RelOptUtil.pushPastProject(outer.getProjects(), inner),
              outer.getRowType());
    }
    RelNode rows = rel instanceof Project project ? project.getInput() : rel;
    if (!(rows instanceof TableScan || rows instanceof Join || rows instanceof Values)) {
      throw SqlProblem.at(
              ErrorCode.NOT_SUPPORTED,
              SqlPosition.of(((SqlSelect) select).getSelectList().getParserPosition()),
              "an aggregate or a window cannot stand where one row is looked at",
              "use the row's own columns, constants and functions of them.")
          .asException();
    }
    return rel instanceof Project project
        ? project.getProjects()
        : cluster.getRexBuilder().identityProjects(rel.getRowType());
  }

  private PhysicalPlanner physical(boolean expiredToo) {
    return new PhysicalPlanner(
        cluster.getRexBuilder(), QueryPlanner::optimised, terms, expiredToo, this::policy);
  }

  private static RelNode optimised(RelNode bound) {
    return OrderByDistance.apply(LogicalRules.apply(bound));
  }

  private RelRoot convert(ValidatedQuery query) {
    try {
      try {
        return convert(query, CONVERSION);
      } catch (IndexOutOfBoundsException names) {
        // Merging projections, Calcite loses count of the names of fields where a sub-query reads
        // the row of a query in WITH: then they are merged later, by a rule.
        return convert(query, UNMERGED);
      }
    } catch (CalciteException e) {
      throw validation.problem(e, query.reader().getSchemaPaths().getFirst().getFirst());
    }
  }

  private RelRoot convert(ValidatedQuery query, SqlToRelConverter.Config config) {
    SqlToRelConverter converter =
        new SqlToRelConverter(
            this::expandView, query.validator(), query.reader(), cluster, convertlets, config);
    return converter.convertQuery(query.node(), false, true);
  }

  /** Puts the query of a view in its place. */
  private RelRoot expandView(
      RelDataType rowType, String sql, List<String> schemaPath, @Nullable List<String> viewPath) {
    SqlNode query = Unplaced.of(new StatementParser().parse(sql));
    RelRoot root = convert(validation.validate(query, schemaPath.getFirst()));
    RelNode rel = root.project();
    return root.withRel(
        LogicalProject.create(
            rel,
            List.of(),
            cluster.getRexBuilder().identityProjects(rel.getRowType()),
            rowType.getFieldNames(),
            ImmutableSet.of()));
  }

  private static List<ResultColumn> columns(ValidatedQuery query) {
    List<@Nullable List<String>> origins = query.validator().getFieldOrigins(query.node());
    List<ResultColumn> columns = new ArrayList<>();
    for (RelDataTypeField field : query.rowType().getFieldList()) {
      List<String> origin = origins.get(field.getIndex());
      boolean known = origin != null && origin.size() >= 3;
      columns.add(
          new ResultColumn(
              ColumnLabel.of(field, query.node()),
              known ? origin.get(origin.size() - 2) : "",
              known ? origin.get(origin.size() - 3) : "",
              ResultTypes.of(field.getType()),
              field.getType().isNullable()));
    }
    return columns;
  }
}

package io.quiver.planner.rule;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.SearchArgument;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.validate.CatalogTable;
import io.quiver.sql.validate.SearchOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;

/** One call of a search function, as Calcite converted it. */
final class SearchCall {
  private final TableFunctionScan scan;
  private final SearchFunction function;
  private final List<RexNode> operands;
  private final SearchOrigin origin;
  private final RexBuilder builder;

  SearchCall(TableFunctionScan scan, SearchFunction function) {
    this.scan = scan;
    this.function = function;
    this.operands = ((RexCall) scan.getCall()).getOperands();
    this.builder = scan.getCluster().getRexBuilder();
    this.origin =
        SearchOrigin.decode(
            text(SearchArgument.ORIGIN)
                .orElseThrow(() -> new IllegalStateException("No origin in " + scan.getCall())));
  }

  /** The search, under a projection where its data are a part of the table. */
  RelNode bind() {
    RelNode data = scan.getInput(0);
    Optional<TableShape> known = TableShape.of(data);
    if (function == QuiverOperators.MAXSIM && !known.map(this::isOfOneTable).orElse(false)) {
      return new RerankCall(
              data,
              field(data.getRowType()),
              operand(SearchArgument.QUERY),
              scan.getRowType(),
              ((RexCall) scan.getCall()).pos)
          .bind(
              given(SearchArgument.TOP_K),
              given(SearchArgument.MAX_DISTANCE),
              given(SearchArgument.MIN_SCORE));
    }
    TableShape shape = known.orElseThrow(this::notOneTable);
    RelNode search =
        switch (shape.base()) {
          case TableScan table ->
              search(table.getTable(), shape, Optional.empty(), shape.conditions());
          case LogicalSearch inner ->
              search(inner.searchedTable(), shape, Optional.of(filtered(inner, shape)), List.of());
          default -> throw notOneTable();
        };
    return projected(search, shape, data.getRowType());
  }

  /** Whether the engine can search it: rows of one table, and the searched column as it is. */
  private boolean isOfOneTable(TableShape shape) {
    int searched = field(scan.getInput(0).getRowType());
    return (shape.base() instanceof TableScan || shape.base() instanceof LogicalSearch)
        && shape.fields().get(searched) instanceof RexInputRef;
  }

  private SqlProblemException notOneTable() {
    return problem(
        ErrorCode.NOT_SUPPORTED,
        "the data of " + function.getName() + " are not one table, filtered and projected",
        "search the table itself and join, group or limit the result.");
  }

  private RelNode search(
      RelOptTable table, TableShape shape, Optional<RelNode> candidates, List<RexNode> conditions) {
    if (candidates.isPresent() && function != QuiverOperators.MAXSIM) {
      throw problem(
          ErrorCode.NOT_SUPPORTED,
          function.getName() + " cannot search the result of another search",
          "search the table, or rerank the result by MAXSIM or ORDER BY.");
    }
    CatalogTable catalogTable = table.unwrap(CatalogTable.class);
    if (catalogTable == null || catalogTable.stored().isEmpty()) {
      throw problem(
          ErrorCode.NOT_SUPPORTED,
          function.getName() + " cannot search " + String.join(".", table.getQualifiedName()),
          "search a table that holds vectors.");
    }
    SearchSpec spec = spec(table, shape, conditions);
    RelDataType rowType =
        QuiverTypeFactory.INSTANCE
            .builder()
            .addAll(table.getRowType().getFieldList())
            .add("$distance", SqlTypeName.DOUBLE)
            .add("$score", SqlTypeName.DOUBLE)
            .build();
    return new LogicalSearch(
        scan.getCluster(), scan.getCluster().traitSet(), table, spec, candidates, rowType);
  }

  private SearchSpec spec(RelOptTable table, TableShape shape, List<RexNode> conditions) {
    Optional<DistanceMetric> metric = text(SearchArgument.METRIC).flatMap(QuiverOperators::metric);
    boolean after = text(SearchArgument.FILTER_MODE).filter("post"::equalsIgnoreCase).isPresent();
    return new SearchSpec(
        function.kind(),
        column(table, shape),
        operand(SearchArgument.QUERY),
        given(SearchArgument.TOP_K),
        metric,
        new SearchEffort(
            given(SearchArgument.EF_SEARCH),
            given(SearchArgument.EXACT),
            given(SearchArgument.TARGET_RECALL)),
        conditions,
        given(SearchArgument.MAX_DISTANCE).map(List::of).orElse(List.of()),
        given(SearchArgument.MIN_SCORE).map(List::of).orElse(List.of()),
        after,
        false,
        List.of(),
        Optional.of(origin));
  }

  /** The searched column among the table's fields. */
  private int column(RelOptTable table, TableShape shape) {
    RelDataType data = scan.getInput(0).getRowType();
    int field = field(data);
    if (shape.fields().get(field) instanceof RexInputRef ref
        && ref.getIndex() < table.getRowType().getFieldCount()) {
      return ref.getIndex();
    }
    throw problem(
        ErrorCode.COLUMN_NOT_SEARCHABLE,
        "\"" + data.getFieldNames().get(field) + "\" is computed, not a column of the table",
        "search the column itself.");
  }

  /** The searched column among the data's fields. */
  private int field(RelDataType type) {
    List<RelDataTypeField> data = type.getFieldList();
    Optional<String> name = text(SearchArgument.COLUMN);
    for (int i = 0; i < data.size(); i++) {
      boolean chosen =
          name.isPresent()
              ? data.get(i).getName().equalsIgnoreCase(name.get())
              : function.searches(data.get(i).getType());
      if (chosen) {
        return i;
      }
    }
    throw new IllegalStateException("No column to search in " + scan);
  }

  /** The inner search with the conditions that stand between. */
  private RelNode filtered(LogicalSearch inner, TableShape shape) {
    return shape.conditions().isEmpty()
        ? inner
        : LogicalFilter.create(inner, RexUtil.composeConjunction(builder, shape.conditions()));
  }

  private RelNode projected(RelNode search, TableShape shape, RelDataType data) {
    int tableFields = search.getRowType().getFieldCount() - 2;
    List<RexNode> fields = new ArrayList<>();
    List<String> names = scan.getRowType().getFieldNames();
    for (int i = 0; i < data.getFieldCount(); i++) {
      String name = data.getFieldNames().get(i);
      if (fields.size() < names.size() - 2 && names.get(fields.size()).equals(name)) {
        fields.add(shape.fields().get(i));
      }
    }
    fields.add(builder.makeInputRef(search, tableFields));
    fields.add(builder.makeInputRef(search, tableFields + 1));
    return LogicalProject.create(
        search, List.of(), fields, names, com.google.common.collect.ImmutableSet.of());
  }

  private RexNode operand(SearchArgument argument) {
    // The converter leaves out the data, which is an input of the scan.
    return operands.get(argument.position() - 1);
  }

  private Optional<RexNode> given(SearchArgument argument) {
    RexNode operand = operand(argument);
    return RexLiteral.isNullLiteral(RexUtil.removeCast(operand))
        ? Optional.empty()
        : Optional.of(operand);
  }

  private Optional<String> text(SearchArgument argument) {
    return RexUtil.removeCast(operand(argument)) instanceof RexLiteral literal && !literal.isNull()
        ? Optional.ofNullable(literal.getValueAs(String.class))
        : Optional.empty();
  }

  private SqlProblemException problem(ErrorCode code, String message, String remedy) {
    return SqlProblem.at(code, origin.position(), message, remedy).asException();
  }
}

package io.quiver.planner.rule;

import com.google.common.collect.ImmutableSet;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.function.VectorOperation;
import io.quiver.sql.type.VectorSqlType;
import io.quiver.sql.validate.CatalogTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Searches written as an order and a limit.
 *
 * <pre>
 * Sort(key=[$1], fetch=[10])                       Sort(key=[$1], fetch=[10])
 *   Project(id=[$0], d=[cosine_distance($4, ?0)])    Project(id=[$0], d=[$5])
 *     Filter(=($2, 'en'))                      =>      Search(column=[4], query=[?0], k=[10],
 *       TableScan(docs)                                       filter=[=($2, 'en')])
 * </pre>
 *
 * <p>The key may be any monotone function of a distance: see {@link MonotoneKey}. A limit directly
 * over a search that was given no top_k becomes its top_k.
 */
public final class OrderByDistance {
  private OrderByDistance() {}

  /** The plan with every such order made a search. */
  public static RelNode apply(RelNode rel) {
    RelNode node = rel;
    if (node instanceof Sort sort && sort.fetch != null) {
      Optional<RelNode> search = search(sort);
      if (search.isPresent()) {
        return search.get();
      }
    }
    if (node instanceof Filter filter) {
      Optional<RelNode> search = WindowedOrder.search(filter, OrderByDistance::search);
      if (search.isPresent()) {
        return search.get();
      }
    }
    List<RelNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (RelNode input : node.getInputs()) {
      RelNode applied = apply(input);
      changed |= applied != input;
      inputs.add(applied);
    }
    RelNode copy = changed ? node.copy(node.getTraitSet(), inputs) : node;
    return copy instanceof Sort sort ? NoSearch.mark(sort) : copy;
  }

  private static Optional<RelNode> search(Sort sort) {
    Optional<RelNode> windowed = WindowedOrder.search(sort, OrderByDistance::search);
    if (windowed.isPresent()) {
      return windowed;
    }
    Optional<TableShape> shape = TableShape.of(sort.getInput());
    if (shape.isEmpty() || sort.getCollation().getFieldCollations().size() > 1) {
      return shape.flatMap(each -> limitSearch(sort, each, false));
    }
    if (shape.get().base() instanceof LogicalSearch) {
      return limitSearch(sort, shape.get(), isBySearch(sort, shape.get()));
    }
    if (sort.getCollation().getFieldCollations().isEmpty()) {
      return Optional.empty();
    }
    return switch (shape.get().base()) {
      case TableScan scan -> new TableOrder(sort, shape.get(), scan.getTable(), scan).search();
      case Join join -> JoinedOrder.search(sort, shape.get(), OrderByDistance::search);
      default -> Optional.empty();
    };
  }

  /** Whether rows come in the order of the search, so that its first rows are the first. */
  private static boolean isBySearch(Sort sort, TableShape shape) {
    LogicalSearch search = (LogicalSearch) shape.base();
    RexBuilder builder = sort.getCluster().getRexBuilder();
    boolean bounded =
        shape.conditions().stream()
            .allMatch(
                each ->
                    DistanceBound.of(builder, each, search.distanceField()).isPresent()
                        || DistanceBound.ofScore(builder, each, search.distanceField() + 1)
                            .isPresent());
    if (!bounded || sort.getCollation().getFieldCollations().isEmpty()) {
      return bounded;
    }
    RelFieldCollation key = sort.getCollation().getFieldCollations().getFirst();
    return shape.fields().get(key.getFieldIndex()) instanceof RexInputRef ref
        && (ref.getIndex() == search.distanceField() && !key.getDirection().isDescending()
            || ref.getIndex() == search.distanceField() + 1 && key.getDirection().isDescending());
  }

  private static Optional<RelNode> limitSearch(Sort sort, TableShape shape, boolean first) {
    if (!(shape.base() instanceof LogicalSearch search) || search.spec().topK().isPresent()) {
      return Optional.empty();
    }
    RexBuilder builder = sort.getCluster().getRexBuilder();
    RexNode rows =
        first ? rows(sort) : builder.makeExactLiteral(BigDecimal.valueOf(Integer.MAX_VALUE));
    LogicalSearch limited = search.with(search.spec().limitedTo(rows));
    RelNode input = replaceBase(sort.getInput(), search, limited);
    return Optional.of(sort.copy(sort.getTraitSet(), List.of(input)));
  }

  private static RelNode replaceBase(RelNode rel, RelNode base, RelNode replacement) {
    return rel.stripped() == base
        ? replacement
        : rel.copy(rel.getTraitSet(), List.of(replaceBase(rel.getInput(0), base, replacement)));
  }

  /** LIMIT and OFFSET together. */
  static RexNode rows(Sort sort) {
    RexBuilder builder = sort.getCluster().getRexBuilder();
    RexNode fetch = sort.fetch;
    if (fetch == null) {
      throw new IllegalStateException("No limit in " + sort);
    }
    if (sort.offset == null) {
      return fetch;
    }
    RelDataType bigint = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    return builder.makeCall(
        SqlStdOperatorTable.PLUS,
        builder.makeCast(bigint, fetch),
        builder.makeCast(bigint, sort.offset));
  }

  /** An order of one table. */
  private record TableOrder(Sort sort, TableShape shape, RelOptTable table, TableScan scan) {
    Optional<RelNode> search() {
      CatalogTable catalogTable = table.unwrap(CatalogTable.class);
      if (sort.getCollation().getFieldCollations().size() != 1
          || catalogTable == null
          || catalogTable.stored().isEmpty()) {
        return Optional.empty();
      }
      RelFieldCollation collation = sort.getCollation().getFieldCollations().getFirst();
      if (collation.nullDirection == RelFieldCollation.NullDirection.FIRST) {
        return Optional.empty();
      }
      return MonotoneKey.of(
              shape.fields().get(collation.getFieldIndex()),
              collation.getDirection().isDescending())
          .filter(key -> key.column().getType() instanceof VectorSqlType)
          .map(this::rewrite);
    }

    private RelNode rewrite(MonotoneKey key) {
      int distanceField = table.getRowType().getFieldCount();
      List<RexNode> inside = new ArrayList<>();
      List<RexNode> above = new ArrayList<>();
      List<RexNode> bounds = new ArrayList<>();
      DistanceFields replaced = new DistanceFields(builder(), key, distanceField);
      for (RexNode condition : shape.conditions()) {
        Optional<DistanceBound> bound =
            DistanceBound.of(builder(), condition.accept(replaced), distanceField);
        if (bound.isPresent()) {
          bounds.add(bound.get().limit());
          above.add(condition.accept(replaced));
        } else {
          TwinBound.of(builder(), condition, key, distanceField)
              .ifPresentOrElse(
                  twin -> {
                    inside.add(twin.inside(builder(), condition));
                    bounds.add(twin.limit(builder()));
                    above.add(condition);
                  },
                  () -> inside.add(condition));
        }
      }
      SearchSpec spec =
          new SearchSpec(
              SearchFunction.Kind.VECTOR_SEARCH,
              key.column().getIndex(),
              key.query(),
              Optional.of(rows(sort)),
              Optional.of(key.metric()),
              SearchEffort.of(scan.getHints(), builder()),
              inside,
              bounds,
              List.of(),
              false,
              true,
              List.of(),
              Optional.empty());
      RelDataType nullableDouble =
          builder()
              .getTypeFactory()
              .createTypeWithNullability(
                  builder().getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
      RelDataType rowType =
          builder()
              .getTypeFactory()
              .builder()
              .addAll(table.getRowType().getFieldList())
              .add("$distance", nullableDouble)
              .add("$score", nullableDouble)
              .build();
      RelNode search =
          new LogicalSearch(
              sort.getCluster(),
              sort.getCluster().traitSet(),
              table,
              spec,
              Optional.empty(),
              rowType);
      RelNode filtered =
          above.isEmpty()
              ? search
              : LogicalFilter.create(search, RexUtil.composeConjunction(builder(), above));
      RelNode project =
          LogicalProject.create(
              filtered,
              List.of(),
              replaced.apply(shape.fields()),
              sort.getInput().getRowType(),
              ImmutableSet.of());
      return sort.copy(sort.getTraitSet(), List.of(project));
    }

    private RexBuilder builder() {
      return sort.getCluster().getRexBuilder();
    }
  }

  /** Puts the search's distance in the place of the call that computes it. */
  private static final class DistanceFields extends RexShuttle {
    private final RexBuilder builder;
    private final MonotoneKey key;
    private final int distanceField;

    DistanceFields(RexBuilder builder, MonotoneKey key, int distanceField) {
      this.builder = builder;
      this.key = key;
      this.distanceField = distanceField;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      Optional<MonotoneKey.Distance> distance = MonotoneKey.Distance.of(call);
      if (distance.isEmpty()
          || distance.get().column().getIndex() != key.column().getIndex()
          || !distance.get().query().equals(key.query())) {
        return super.visitCall(call);
      }
      RexNode field = new RexInputRef(distanceField, call.getType());
      VectorOperation operation = distance.get().operation();
      if (operation.metric().filter(metric -> metric == key.metric()).isPresent()) {
        return field;
      }
      return operation == VectorOperation.INNER_PRODUCT
              && key.metric() == DistanceMetric.INNER_PRODUCT
          ? builder.makeCall(call.getType(), SqlStdOperatorTable.UNARY_MINUS, List.of(field))
          : call;
    }
  }

  static boolean isFixed(RexNode node) {
    return RelOptUtil.InputFinder.bits(node).isEmpty() && RexUtil.isDeterministic(node);
  }
}

package io.quiver.planner.physical;

import io.quiver.engine.schema.IndexSpec;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the running form of a read of a table, stored or computed: with the conditions that its
 * policies and the table itself make. Nothing else reads stored rows.
 */
final class ScanPlanner {
  private final PhysicalPlanner planner;
  private final boolean expiredToo;
  private final Function<CatalogTable, Optional<RexNode>> policies;

  /**
   * @param expiredToo whether rows whose time has come are read, as DELETE does
   * @param policies the condition on the rows of a table that the statement may read
   */
  ScanPlanner(
      PhysicalPlanner planner,
      boolean expiredToo,
      Function<CatalogTable, Optional<RexNode>> policies) {
    this.planner = planner;
    this.expiredToo = expiredToo;
    this.policies = policies;
  }

  /** The conditions of a read of a table, with those its policies and the table itself make. */
  List<RexNode> conditions(CatalogTable table, List<RexNode> given) {
    return allowed(table, expiredToo ? given : Unexpired.with(given, table, planner.builder()));
  }

  PlanNode plan(TableScan scan, List<RexNode> given, ImmutableBitSet wanted) {
    CatalogTable table = catalogTable(scan.getTable());
    List<RexNode> conditions = conditions(table, given);
    RexNode all = RexUtil.composeConjunction(planner.builder(), conditions);
    Optional<Evaluator> condition =
        conditions.isEmpty() ? Optional.empty() : Optional.of(planner.expressions().compile(all));
    return switch (table.source()) {
      case CatalogTable.Source.Stored stored -> {
        String label = conditions.isEmpty() ? "" : "[" + planner.text().of(all, scan) + "]";
        ImmutableBitSet read = wanted;
        for (RexNode each : conditions) {
          read = read.union(RelOptUtil.InputFinder.bits(each));
        }
        yield new ScanNode(
            TableNode.of(table, wanted, table.columns().size()),
            TableNode.of(table, read, table.columns().size()),
            planner.filters(table).translate(conditions),
            condition,
            label);
      }
      case CatalogTable.Source.Computed computed -> {
        PlanNode rows =
            new RowsNode(
                execution ->
                    computedRows(table, computed.table().rows().seenBy(execution.session())),
                "SystemTable(" + computed.table().schema() + "." + computed.table().name() + ")");
        yield condition.isPresent()
            ? new FilterNode(rows, condition.get(), planner.text().of(all, scan))
            : rows;
      }
    };
  }

  /**
   * The conditions on the rows of a table that a scan or a search reads: what its policies demand,
   * and then what is asked for. Nothing else reads stored rows, so that no statement goes around.
   */
  private List<RexNode> allowed(CatalogTable table, List<RexNode> asked) {
    if (!table.privileges().contains(Privilege.SELECT)) {
      throw SqlProblem.of(
              ErrorCode.PRIVILEGE_MISSING,
              "the user may not read table \""
                  + table.stored().map(TableDefinition::name).orElse("")
                  + "\"",
              "ask an administrator to GRANT SELECT on it.")
          .asException();
    }
    Optional<RexNode> policy = policies.apply(table);
    if (policy.isEmpty()) {
      return asked;
    }
    List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(policy.get()));
    all.addAll(asked);
    return all;
  }

  /** The table whose index finds the rows of a scan by the values of these fields. */
  static Optional<TableNode> indexed(PlanNode plan, List<RexNode> fields) {
    if (!(plan instanceof ScanNode scan)) {
      return Optional.empty();
    }
    TableDefinition definition = scan.table().definition();
    List<String> names =
        fields.stream()
            .filter(RexInputRef.class::isInstance)
            .map(field -> scan.table().table().columns().get(((RexInputRef) field).getIndex()))
            .map(ColumnDefinition::name)
            .toList();
    boolean byKey = !definition.isKeyedByRowNumber() && names.containsAll(definition.primaryKey());
    boolean byIndex =
        definition.indexes().stream()
            .anyMatch(
                index ->
                    index.spec() instanceof IndexSpec.Payload payload
                        && names.contains(payload.column()));
    return byKey || byIndex ? Optional.of(scan.table()) : Optional.empty();
  }

  static CatalogTable catalogTable(org.apache.calcite.plan.RelOptTable table) {
    CatalogTable found = table.unwrap(CatalogTable.class);
    if (found == null) {
      throw new IllegalStateException("Not a table of the catalog: " + table.getQualifiedName());
    }
    return found;
  }

  private static List<@Nullable Object[]> computedRows(
      CatalogTable table, List<@Nullable Object[]> rows) {
    List<@Nullable Object[]> converted = new ArrayList<>(rows.size());
    for (@Nullable Object[] row : rows) {
      @Nullable Object[] values = new Object[table.columns().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ColumnValue.toRow(row[table.ordinal(i)], table.columns().get(i).type());
      }
      converted.add(values);
    }
    return converted;
  }
}

package io.quiver.planner.rule;

import io.quiver.sql.function.VectorFunction;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;

/** Why an order by a distance is no search but compares every row. EXPLAIN says it. */
public final class NoSearch {
  private static final String HINT = "NO_SEARCH";

  private NoSearch() {}

  /** The order, marked with the reason where it goes by a distance. */
  static RelNode mark(Sort sort) {
    if (!sort.getHints().isEmpty()) {
      return sort;
    }
    Optional<String> reason = reason(sort);
    return reason.isEmpty()
        ? sort
        : ((LogicalSort) sort)
            .withHints(List.of(RelHint.builder(HINT).hintOption(reason.get()).build()));
  }

  /** The reason an order was marked with. */
  public static Optional<String> of(Sort sort) {
    return sort.getHints().stream()
        .filter(hint -> hint.hintName.equals(HINT))
        .map(hint -> hint.listOptions.getFirst())
        .findFirst();
  }

  private static Optional<String> reason(Sort sort) {
    if (!(sort instanceof LogicalSort) || sort.getCollation().getFieldCollations().isEmpty()) {
      return Optional.empty();
    }
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    Optional<RelFieldCollation> key =
        keys.stream().filter(each -> isDistance(sort.getInput(), each.getFieldIndex())).findFirst();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        sort.fetch == null
            ? "no LIMIT, so all rows are wanted"
            : keys.size() > 1
                ? "the distance is one of several sort keys"
                : reason(sort, key.get()));
  }

  private static String reason(Sort sort, RelFieldCollation key) {
    if (key.nullDirection == RelFieldCollation.NullDirection.FIRST) {
      return "rows without a vector are wanted first";
    }
    Optional<TableShape> shape = TableShape.of(sort.getInput());
    if (shape.isEmpty() || !(shape.get().base() instanceof TableScan)) {
      return "the rows are not those of one table, or of inner joins by equality";
    }
    RexNode expression = shape.get().fields().get(key.getFieldIndex());
    boolean descending = key.getDirection().isDescending();
    return MonotoneKey.of(expression, !descending).isPresent()
        ? "the farthest are wanted, and indexes find the nearest"
        : "the sort key does not rise with the distance of one column from one vector";
  }

  private static boolean isDistance(RelNode rel, int field) {
    RelNode node = rel.stripped();
    if (node instanceof Project project) {
      RexNode expression = project.getProjects().get(field);
      if (calls(expression)) {
        return true;
      }
      return RexUtil.removeCast(expression) instanceof org.apache.calcite.rex.RexInputRef ref
          && isDistance(project.getInput(), ref.getIndex());
    }
    return node.getInputs().size() == 1
        && field < node.getInput(0).getRowType().getFieldCount()
        && isDistance(node.getInput(0), field);
  }

  /** Whether an expression compares a vector of the row. */
  private static boolean calls(RexNode node) {
    try {
      node.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCall(RexCall call) {
              if (call.getOperator() instanceof VectorFunction function
                  && function.operation().operands() == 2
                  && !OrderByDistance.isFixed(call)) {
                throw Util.FoundOne.NULL;
              }
              return super.visitCall(call);
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }
}

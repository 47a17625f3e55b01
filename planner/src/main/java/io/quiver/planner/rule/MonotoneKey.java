package io.quiver.planner.rule;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.sql.function.VectorFunction;
import io.quiver.sql.function.VectorOperation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A sort key that orders rows as a distance of one column from one vector does.
 *
 * <p>Accepted is a distance under any of: plus or minus a constant, times or divided by a constant
 * that is not 0, a constant minus it, its negative, a cast to DOUBLE, {@code c / (1 + distance)}.
 *
 * @param column the searched column
 * @param query the vector, which reads no row
 * @param metric whose index gives this order
 */
record MonotoneKey(RexInputRef column, RexNode query, DistanceMetric metric) {
  /** A call of a distance function between a column and something fixed. */
  record Distance(VectorOperation operation, RexInputRef column, RexNode query) {
    static Optional<Distance> of(RexNode node) {
      if (!(node instanceof RexCall call)
          || !(call.getOperator() instanceof VectorFunction function)
          || function.operation().operands() != 2) {
        return Optional.empty();
      }
      RexNode a = call.getOperands().get(0);
      RexNode b = call.getOperands().get(1);
      if (a instanceof RexInputRef column && OrderByDistance.isFixed(b)) {
        return Optional.of(new Distance(function.operation(), column, b));
      }
      return b instanceof RexInputRef column && OrderByDistance.isFixed(a)
          ? Optional.of(new Distance(function.operation(), column, a))
          : Optional.empty();
    }
  }

  /** The key, where an expression in this direction is one. */
  static Optional<MonotoneKey> of(RexNode expression, boolean descending) {
    Optional<Distance> distance = Distance.of(expression);
    if (distance.isPresent()) {
      return of(distance.get(), descending);
    }
    if (!(expression instanceof RexCall call)) {
      return Optional.empty();
    }
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case CAST ->
          call.getType().getSqlTypeName() == SqlTypeName.DOUBLE
                  || call.getType().getSqlTypeName() == SqlTypeName.FLOAT
              ? of(operands.getFirst(), descending)
              : Optional.empty();
      case MINUS_PREFIX -> of(operands.getFirst(), !descending);
      case PLUS_PREFIX -> of(operands.getFirst(), descending);
      case PLUS ->
          isConstant(operands.get(0))
              ? of(operands.get(1), descending)
              : isConstant(operands.get(1)) ? of(operands.get(0), descending) : Optional.empty();
      case MINUS ->
          isConstant(operands.get(0))
              ? of(operands.get(1), !descending)
              : isConstant(operands.get(1)) ? of(operands.get(0), descending) : Optional.empty();
      case TIMES ->
          sign(operands.get(0)) != 0
              ? of(operands.get(1), descending != sign(operands.get(0)) < 0)
              : sign(operands.get(1)) != 0
                  ? of(operands.get(0), descending != sign(operands.get(1)) < 0)
                  : Optional.empty();
      case DIVIDE -> divided(operands.get(0), operands.get(1), descending);
      default -> Optional.empty();
    };
  }

  private static Optional<MonotoneKey> of(Distance distance, boolean descending) {
    Optional<DistanceMetric> metric =
        switch (distance.operation()) {
          case L2_SQUARED_DISTANCE ->
              descending ? Optional.empty() : Optional.of(DistanceMetric.L2);
          case INNER_PRODUCT ->
              descending ? Optional.of(DistanceMetric.INNER_PRODUCT) : Optional.empty();
          default -> descending ? Optional.empty() : distance.operation().metric();
        };
    return metric.map(each -> new MonotoneKey(distance.column(), distance.query(), each));
  }

  private static Optional<MonotoneKey> divided(RexNode left, RexNode right, boolean descending) {
    if (sign(right) != 0) {
      return of(left, descending != sign(right) < 0);
    }
    // c / (b + distance) falls as the distance grows where all three are positive.
    if (sign(left) > 0
        && right instanceof RexCall sum
        && sum.getKind() == org.apache.calcite.sql.SqlKind.PLUS) {
      RexNode a = sum.getOperands().get(0);
      RexNode b = sum.getOperands().get(1);
      RexNode rest = sign(a) > 0 ? b : sign(b) > 0 ? a : null;
      if (rest != null
          && Distance.of(rest)
              .filter(each -> each.operation() != VectorOperation.NEGATIVE_INNER_PRODUCT)
              .filter(each -> each.operation() != VectorOperation.INNER_PRODUCT)
              .isPresent()) {
        return of(rest, !descending);
      }
    }
    return Optional.empty();
  }

  private static boolean isConstant(RexNode node) {
    return OrderByDistance.isFixed(node);
  }

  /** The sign of a literal number; 0 where it is none. */
  static int sign(RexNode node) {
    if (node instanceof RexCall cast && cast.getKind() == org.apache.calcite.sql.SqlKind.CAST) {
      return sign(cast.getOperands().getFirst());
    }
    if (node instanceof RexCall minus
        && minus.getKind() == org.apache.calcite.sql.SqlKind.MINUS_PREFIX) {
      return -sign(minus.getOperands().getFirst());
    }
    if (node instanceof RexLiteral literal
        && SqlTypeName.NUMERIC_TYPES.contains(literal.getType().getSqlTypeName())) {
      BigDecimal value = literal.getValueAs(BigDecimal.class);
      return value == null ? 0 : value.signum();
    }
    return 0;
  }
}

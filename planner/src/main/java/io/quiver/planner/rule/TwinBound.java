package io.quiver.planner.rule;

import io.quiver.sql.function.QuiverOperators;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A bound of the distance from what may be the query vector under another parameter.
 *
 * <p>{@code WHERE embedding <=> ?1 < ?2 ORDER BY embedding <=> ?3 LIMIT 10} is what clients send,
 * with one vector for both. Where a run gives the same, the bound lets the search stop; where it
 * does not, the condition is tested row by row.
 *
 * @param query what the order goes by
 * @param other what the bound goes by
 * @param bound of the distance
 */
record TwinBound(RexNode query, RexNode other, RexNode bound) {
  static Optional<TwinBound> of(
      RexBuilder builder, RexNode condition, MonotoneKey key, int distanceField) {
    RexNode[] other = new RexNode[1];
    RexNode replaced =
        condition.accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                Optional<MonotoneKey.Distance> distance = MonotoneKey.Distance.of(call);
                if (distance.isEmpty()
                    || distance.get().column().getIndex() != key.column().getIndex()
                    || !distance.get().operation().metric().equals(Optional.of(key.metric()))) {
                  return super.visitCall(call);
                }
                other[0] = distance.get().query();
                return new RexInputRef(distanceField, call.getType());
              }
            });
    RexNode query = other[0];
    return query == null
        ? Optional.empty()
        : DistanceBound.of(builder, replaced, distanceField)
            .map(bound -> new TwinBound(key.query(), query, bound.limit()));
  }

  private RexNode same(RexBuilder builder) {
    return builder.makeCall(QuiverOperators.SAME_VECTOR, query, other);
  }

  /** The condition as the search tests it: not at all where the vectors are the same. */
  RexNode inside(RexBuilder builder, RexNode condition) {
    return builder.makeCall(SqlStdOperatorTable.OR, same(builder), condition);
  }

  /** The bound where the vectors are the same, and none where they are not. */
  RexNode limit(RexBuilder builder) {
    RelDataType real =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
    return builder.makeCall(
        SqlStdOperatorTable.CASE,
        same(builder),
        builder.makeCast(real, bound),
        builder.makeAbstractCast(
            real, builder.makeApproxLiteral(BigDecimal.valueOf(Double.MAX_VALUE)), false));
  }
}

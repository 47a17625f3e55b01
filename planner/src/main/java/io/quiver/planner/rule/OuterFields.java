package io.quiver.planner.rule;

import io.quiver.sql.type.QuiverTypeFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;

/** What a sub-query reads of outer rows, where that decides its rows. */
public final class OuterFields extends PlanExpressions {
  /** A field of an outer row. */
  public record Field(CorrelationId variable, int index, String name) {}

  private final Set<Field> read = new LinkedHashSet<>();
  private boolean known = true;

  private OuterFields() {}

  /**
   * The fields that a plan reads of rows from outside of it.
   *
   * @return empty where equal values of them need not give equal rows, or are dear to compare
   */
  public static Optional<List<Field>> of(RelNode rel) {
    OuterFields fields = new OuterFields();
    fields.visit(rel);
    fields.read.removeIf(field -> fields.bound().contains(field.variable()));
    return fields.known ? Optional.of(List.copyOf(fields.read)) : Optional.empty();
  }

  /** Whether an expression has the same value for the same row, whatever rows are outside of it. */
  public static boolean none(RexNode node) {
    OuterFields fields = new OuterFields();
    node.accept(fields);
    fields.read.removeIf(field -> fields.bound().contains(field.variable()));
    return fields.known && fields.read.isEmpty();
  }

  /** Whether a plan gives the same rows whatever rows are outside of it. */
  public static boolean none(RelNode rel) {
    return of(rel).filter(List::isEmpty).isPresent();
  }

  @Override
  public RexNode visitFieldAccess(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      read.add(new Field(variable.id, access.getField().getIndex(), access.getField().getName()));
      known &= !QuiverTypeFactory.isVectorLike(access.getType());
      return access;
    }
    return super.visitFieldAccess(access);
  }

  @Override
  public RexNode visitCorrelVariable(RexCorrelVariable variable) {
    known = false; // A whole row.
    return variable;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    known &= call.getOperator().isDeterministic();
    return super.visitCall(call);
  }
}

package io.quiver.planner.physical;

import io.quiver.planner.rule.OuterFields;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A condition on rows of a sub-query, taken apart by what it asks of outer rows.
 *
 * @param inner fields of the rows that must equal something of an outer row
 * @param outer what they must equal
 * @param ties the same equalities as conditions
 * @param own conditions that read no outer row
 * @param others conditions that read one in another way
 */
record TiedFields(
    List<RexNode> inner,
    List<RexNode> outer,
    List<RexNode> ties,
    List<RexNode> own,
    List<RexNode> others) {

  static TiedFields of(RexNode condition) {
    TiedFields parts =
        new TiedFields(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      if (OuterFields.none(conjunct)) {
        parts.own.add(conjunct);
      } else if (!parts.tie(conjunct)) {
        parts.others.add(conjunct);
      }
    }
    return parts;
  }

  private boolean tie(RexNode conjunct) {
    if (conjunct.getKind() != SqlKind.EQUALS || RexUtil.SubQueryFinder.find(conjunct) != null) {
      return false;
    }
    List<RexNode> sides = ((RexCall) conjunct).getOperands();
    int mine = isField(sides.get(0)) ? 0 : 1;
    RexNode field = sides.get(mine);
    RexNode other = sides.get(1 - mine);
    if (!isField(field)
        || !RelOptUtil.InputFinder.bits(other).isEmpty()
        || !RexUtil.isDeterministic(other)
        || kind(field.getType().getSqlTypeName()) == Kind.OTHER
        || !areAlike(field.getType(), other.getType())) {
      return false;
    }
    inner.add(field);
    outer.add(other);
    ties.add(conjunct);
    return true;
  }

  /** Something of the row that is there to be read, and cannot fail. */
  private static boolean isField(RexNode node) {
    return node instanceof RexInputRef
        || node.getKind() == SqlKind.CAST
            && ((RexCall) node).getOperands().getFirst() instanceof RexInputRef field
            && RexUtil.isLosslessCast(field.getType(), node.getType());
  }

  /** Whether values of two types are equal exactly where their keys in a hash table are. */
  static boolean areAlike(RelDataType one, RelDataType other) {
    return kind(one.getSqlTypeName()) == kind(other.getSqlTypeName());
  }

  private enum Kind {
    EXACT,
    APPROXIMATE,
    TEXT,
    BOOLEAN,
    DATE,
    TIME,
    TIMESTAMP,
    UUID,
    OTHER
  }

  private static Kind kind(SqlTypeName type) {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> Kind.EXACT;
      case REAL, FLOAT, DOUBLE -> Kind.APPROXIMATE;
      case CHAR, VARCHAR -> Kind.TEXT;
      case BOOLEAN -> Kind.BOOLEAN;
      case DATE -> Kind.DATE;
      case TIME -> Kind.TIME;
      case TIMESTAMP -> Kind.TIMESTAMP;
      case UUID -> Kind.UUID;
      default -> Kind.OTHER;
    };
  }
}

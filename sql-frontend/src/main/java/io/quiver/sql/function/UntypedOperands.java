package io.quiver.sql.function;

import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;

/** Gives parameters and NULL, which have no type of their own, that of their place in a call. */
final class UntypedOperands {
  private UntypedOperands() {}

  /** The operand's own type; where it has none, that of its place. */
  static RelDataType typeOf(SqlCallBinding binding, int operand, Supplier<RelDataType> ofPlace) {
    SqlNode node = binding.operand(operand);
    return node.getKind() == SqlKind.DYNAMIC_PARAM || SqlUtil.isNullLiteral(node, false)
        ? ofPlace.get()
        : binding.getValidator().deriveType(binding.getScope(), node);
  }
}

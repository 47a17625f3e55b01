package io.quiver.sql.validate;

import io.quiver.sql.type.QuiverTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * CAST as Calcite has it, but that an array, which a vector is, may become text; Calcite's own
 * looks for the element type of VARCHAR and fails.
 */
final class TextCast extends SqlCastFunction {
  static final TextCast INSTANCE = new TextCast();

  private TextCast() {}

  /** Without the look-up by name, which would find Calcite's own. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    RelDataType target = binding.getOperandType(1);
    RelDataType source = binding.getOperandType(0);
    if (QuiverTypeFactory.isVectorLike(target)) {
      // Calcite would make a plain array of it wherever the operand is an array.
      RelDataType vector =
          QuiverTypeFactory.INSTANCE.createTypeWithNullability(target, source.isNullable());
      if (binding instanceof SqlCallBinding call
          && call.operand(0).getKind() == SqlKind.DYNAMIC_PARAM) {
        call.getValidator().setValidatedNodeType(call.operand(0), vector);
      }
      return vector;
    }
    return source.getComponentType() != null && SqlTypeUtil.inCharFamily(target)
        ? QuiverTypeFactory.INSTANCE.createTypeWithNullability(target, source.isNullable())
        : super.inferReturnType(binding);
  }
}

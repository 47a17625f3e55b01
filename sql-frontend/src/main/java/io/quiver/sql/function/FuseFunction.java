package io.quiver.sql.function;

import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.TableCharacteristic;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Several queries with scores, its legs, made one: {@code FUSE((SELECT ...), (SELECT ...), id_col
 * => DESCRIPTOR(id), algo => 'rrf', top_k => 10)}.
 *
 * <p>Gives the columns of {@link FuseColumns}. Takes the arguments of {@link FuseArgument} in their
 * order, then the legs: the rewrite before validation brings every spelling into this form.
 */
public final class FuseFunction extends SqlFunction implements SqlTableFunction {
  /** How many operands come before the legs. */
  public static final int BEFORE_LEGS = FuseArgument.values().length;

  FuseFunction() {
    super(
        "FUSE",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        FuseFunction::inferParameters,
        new Operands(),
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return FuseFunction::rowType;
  }

  private static RelDataType rowType(SqlOperatorBinding binding) {
    return FuseColumns.of(
            IntStream.range(BEFORE_LEGS, binding.getOperandCount())
                .mapToObj(binding::getOperandType)
                .toList(),
            Optional.ofNullable(
                binding.isOperandNull(FuseArgument.ID_COL.position(), false)
                    ? null
                    : binding.getOperandLiteralValue(FuseArgument.ID_COL.position(), String.class)))
        .rowType();
  }

  @Override
  public boolean argumentMustBeScalar(int ordinal) {
    return ordinal < BEFORE_LEGS;
  }

  /** None: Calcite allows one table with row semantics, and sets are partitioned. */
  @Override
  public @Nullable TableCharacteristic tableCharacteristic(int ordinal) {
    return null;
  }

  private static void inferParameters(
      SqlCallBinding binding, RelDataType returnType, @Nullable RelDataType[] types) {
    for (int i = 0; i < types.length; i++) {
      SqlTypeName untyped = parameterType(i);
      types[i] =
          UntypedOperands.typeOf(
              binding,
              i,
              () ->
                  binding
                      .getTypeFactory()
                      .createTypeWithNullability(
                          binding.getTypeFactory().createSqlType(untyped), true));
    }
  }

  private static SqlTypeName parameterType(int operand) {
    if (operand == FuseArgument.TOP_K.position()) {
      return SqlTypeName.INTEGER;
    }
    return operand == FuseArgument.RANK_CONSTANT.position()
        ? SqlTypeName.DOUBLE
        : SqlTypeName.VARCHAR;
  }

  /** What is wrong with the legs is told by the rewrite and by {@link FuseColumns}. */
  private record Operands() implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      FuseLegs.check(binding);
      return true;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.from(BEFORE_LEGS + 2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + "((SELECT ...), (SELECT ...), id_col => DESCRIPTOR(id) [, algo => 'rrf'])";
    }
  }
}

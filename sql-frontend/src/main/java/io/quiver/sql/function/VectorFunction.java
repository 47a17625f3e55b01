package io.quiver.sql.function;

import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.MultiVectorSqlType;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.type.SparseVectorSqlType;
import io.quiver.sql.type.VectorSqlType;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A {@link VectorOperation} as a function of SQL.
 *
 * <p>Operands are vectors of one kind and dimension, or what reads as one: text, an array of
 * numbers, a parameter. A dimension that differs is told at validation where both are known.
 */
public final class VectorFunction extends SqlFunction {
  private final VectorOperation operation;

  VectorFunction(VectorOperation operation) {
    super(
        operation.canonicalName().toUpperCase(Locale.ROOT),
        SqlKind.OTHER_FUNCTION,
        returns(operation),
        inference(operation),
        new Operands(operation),
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.operation = operation;
  }

  public VectorOperation operation() {
    return operation;
  }

  private static SqlReturnTypeInference returns(VectorOperation operation) {
    return switch (operation) {
      case VECTOR_DIMS -> ReturnTypes.INTEGER_NULLABLE;
      case L2_NORMALIZE -> VectorFunction::vectorOfOperand;
      default -> ReturnTypes.DOUBLE_NULLABLE;
    };
  }

  private static RelDataType vectorOfOperand(org.apache.calcite.sql.SqlOperatorBinding binding) {
    RelDataType operand = binding.getOperandType(0);
    return operand instanceof VectorSqlType
        ? operand
        : QuiverTypeFactory.INSTANCE.vector(0, VectorElement.FLOAT32, operand.isNullable());
  }

  /** A parameter has the type of the operand it stands against. */
  private static SqlOperandTypeInference inference(VectorOperation operation) {
    return (binding, returnType, types) -> {
      RelDataType known = null;
      for (int i = 0; i < types.length; i++) {
        SqlNode operand = binding.operand(i);
        if (!SqlUtil.isNullLiteral(operand, false) && !isParameter(operand)) {
          RelDataType type = binding.getValidator().deriveType(binding.getScope(), operand);
          types[i] = type;
          known = QuiverTypeFactory.isVectorLike(type) ? type : known;
        }
      }
      RelDataType wanted = known == null ? anyVector(operation) : known;
      for (int i = 0; i < types.length; i++) {
        SqlNode operand = binding.operand(i);
        if (SqlUtil.isNullLiteral(operand, false) || isParameter(operand)) {
          types[i] = QuiverTypeFactory.INSTANCE.createTypeWithNullability(wanted, true);
        }
      }
    };
  }

  private static RelDataType anyVector(VectorOperation operation) {
    return operation == VectorOperation.MAX_SIM
        ? QuiverTypeFactory.INSTANCE.multiVector(0, true)
        : QuiverTypeFactory.INSTANCE.vector(0, VectorElement.FLOAT32, true);
  }

  private static boolean isParameter(SqlNode node) {
    return node.getKind() == SqlKind.DYNAMIC_PARAM;
  }

  /** The operands of one function. */
  private record Operands(VectorOperation operation) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      RelDataType first = null;
      for (int i = 0; i < binding.getOperandCount(); i++) {
        RelDataType type = binding.getOperandType(i);
        if (!accepts(type)) {
          if (throwOnFailure) {
            throw notVector(binding, i, type);
          }
          return false;
        }
        if (QuiverTypeFactory.isVectorLike(type)) {
          if (first != null) {
            checkAlike(binding, first, type, i);
          }
          first = type;
        }
      }
      return true;
    }

    private boolean accepts(RelDataType type) {
      return switch (type) {
        case MultiVectorSqlType m -> operation == VectorOperation.MAX_SIM;
        case SparseVectorSqlType s ->
            operation == VectorOperation.INNER_PRODUCT
                || operation == VectorOperation.NEGATIVE_INNER_PRODUCT
                || operation == VectorOperation.VECTOR_NORM;
        case VectorSqlType v -> operation != VectorOperation.MAX_SIM;
        default ->
            SqlTypeUtil.inCharFamily(type)
                || type.getSqlTypeName() == SqlTypeName.ARRAY
                || type.getSqlTypeName() == SqlTypeName.NULL
                || type.getSqlTypeName() == SqlTypeName.UNKNOWN
                || type.getSqlTypeName() == SqlTypeName.ANY
                || type.getSqlTypeName() == SqlTypeName.BINARY
                || type.getSqlTypeName() == SqlTypeName.VARBINARY;
      };
    }

    private RuntimeException notVector(SqlCallBinding binding, int operand, RelDataType type) {
      return SqlProblem.at(
              ErrorCode.OPERAND_NOT_VECTOR,
              SqlPosition.of(binding.operand(operand).getParserPosition()),
              operation.canonicalName()
                  + " takes "
                  + (operation == VectorOperation.MAX_SIM ? "multivectors" : "vectors")
                  + ", operand "
                  + (operand + 1)
                  + " is "
                  + type,
              "Give a vector column, a parameter, or text such as '[1,2,3]'.")
          .asException();
    }

    private static void checkAlike(
        SqlCallBinding binding, RelDataType first, RelDataType second, int operand) {
      int one = dimension(first);
      int other = dimension(second);
      if (first.getClass() != second.getClass()) {
        throw SqlProblem.at(
                ErrorCode.OPERAND_NOT_VECTOR,
                SqlPosition.of(binding.operand(operand).getParserPosition()),
                "Cannot compare " + first + " with " + second,
                "Compare vectors of one kind.")
            .asException();
      }
      if (one > 0 && other > 0 && one != other && !(first instanceof SparseVectorSqlType)) {
        throw SqlProblem.at(
                ErrorCode.VECTOR_DIMENSIONS_DIFFER,
                SqlPosition.of(binding.operand(operand).getParserPosition()),
                "Expected " + one + " dimensions, found " + other,
                "Compare vectors of the same model.")
            .asException();
      }
    }

    private static int dimension(RelDataType type) {
      return switch (type) {
        case VectorSqlType v -> v.dimension();
        case MultiVectorSqlType m -> m.dimension();
        default -> 0;
      };
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(operation.operands());
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + (operation.operands() == 1 ? "(vector)" : "(vector, vector)");
    }
  }

  @Override
  public @Nullable String getSignatureTemplate(int operandsCount) {
    return null;
  }
}

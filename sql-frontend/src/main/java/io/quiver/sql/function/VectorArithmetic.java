package io.quiver.sql.function;

import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.type.VectorSqlType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code +}, {@code -} and {@code *} where an operand is a vector: component by component, or each
 * component times a number. The result holds FLOAT32 whatever the operands hold.
 */
public final class VectorArithmetic extends SqlFunction {
  private static final List<VectorArithmetic> ALL =
      List.of(
          new VectorArithmetic(SqlKind.PLUS, "VECTOR_ADD"),
          new VectorArithmetic(SqlKind.MINUS, "VECTOR_SUBTRACT"),
          new VectorArithmetic(SqlKind.TIMES, "VECTOR_MULTIPLY"));

  private final SqlKind operation;

  private VectorArithmetic(SqlKind operation, String name) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        VectorArithmetic::result,
        InferTypes.FIRST_KNOWN,
        new Operands(operation),
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.operation = operation;
  }

  static List<VectorArithmetic> all() {
    return ALL;
  }

  /** The operation over vectors that an operator is over numbers. */
  public static Optional<VectorArithmetic> of(SqlKind operator) {
    return ALL.stream().filter(each -> each.operation == operator).findFirst();
  }

  /** PLUS, MINUS or TIMES. */
  public SqlKind operation() {
    return operation;
  }

  private static RelDataType result(SqlOperatorBinding binding) {
    RelDataType one = binding.getOperandType(0);
    RelDataType other = binding.getOperandType(1);
    int dimension = Math.max(dimension(one), dimension(other));
    return QuiverTypeFactory.INSTANCE.vector(
        dimension, VectorElement.FLOAT32, one.isNullable() || other.isNullable());
  }

  private static int dimension(RelDataType type) {
    return type instanceof VectorSqlType vector ? vector.dimension() : 0;
  }

  /** Two vectors alike, or for a product a vector and a number. */
  private record Operands(SqlKind operation) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      RelDataType one = binding.getOperandType(0);
      RelDataType other = binding.getOperandType(1);
      boolean fits =
          isVector(one) && isVector(other)
              || operation == SqlKind.TIMES && (isNumber(one) || isNumber(other));
      if (!fits) {
        throw problem(
            binding,
            ErrorCode.OPERAND_NOT_VECTOR,
            "a vector and "
                + (isVector(one) ? other : one)
                + " cannot be "
                + (operation == SqlKind.TIMES ? "multiplied" : "added or subtracted"),
            "give two vectors, or a vector * a number.");
      }
      if (dimension(one) > 0 && dimension(other) > 0 && dimension(one) != dimension(other)) {
        throw problem(
            binding,
            ErrorCode.VECTOR_DIMENSIONS_DIFFER,
            "the vectors have " + dimension(one) + " and " + dimension(other) + " dimensions",
            "combine vectors of the same model.");
      }
      return true;
    }

    private static RuntimeException problem(
        SqlCallBinding binding, ErrorCode code, String message, String remedy) {
      return SqlProblem.at(
              code, SqlPosition.of(binding.getCall().getParserPosition()), message, remedy)
          .asException();
    }

    private static boolean isVector(RelDataType type) {
      return type instanceof VectorSqlType
          || SqlTypeUtil.inCharFamily(type)
          || type.getSqlTypeName() == SqlTypeName.NULL
          || type.getSqlTypeName() == SqlTypeName.UNKNOWN;
    }

    private static boolean isNumber(RelDataType type) {
      return SqlTypeUtil.isNumeric(type) || type.getSqlTypeName() == SqlTypeName.NULL;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return "<VECTOR> " + name + " <VECTOR>";
    }
  }
}

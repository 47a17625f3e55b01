package io.quiver.sql.function;

import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A predicate on an array: {@code ARRAY_CONTAINS(tags, 'x')}, {@code ARRAY_OVERLAP(tags, others)},
 * {@code ARRAY_CONTAINS_ALL(tags, others)}. {@code 'x' = ANY(tags)} becomes the first.
 *
 * <p>Null where an argument is null. The array may also be JSON text of an array.
 */
public final class ArrayFunction extends SqlFunction {
  /** Which predicate. */
  public enum Kind {
    ARRAY_CONTAINS,
    ARRAY_OVERLAP,
    ARRAY_CONTAINS_ALL
  }

  private final Kind predicate;

  ArrayFunction(Kind kind) {
    super(
        kind.name(),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN_NULLABLE,
        inference(kind),
        OperandTypes.ANY_ANY,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.predicate = kind;
  }

  public Kind kind() {
    return predicate;
  }

  private static SqlOperandTypeInference inference(Kind kind) {
    return (binding, returnType, types) -> {
      RelDataTypeFactory factory = binding.getTypeFactory();
      RelDataType text =
          factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), true);
      RelDataType texts =
          factory.createTypeWithNullability(factory.createArrayType(text, -1), true);
      if (kind == Kind.ARRAY_CONTAINS
          && binding.operand(1).getKind() != SqlKind.DYNAMIC_PARAM
          && !SqlUtil.isNullLiteral(binding.operand(1), false)) {
        RelDataType element =
            binding.getValidator().deriveType(binding.getScope(), binding.operand(1));
        texts =
            factory.createTypeWithNullability(
                factory.createArrayType(factory.createTypeWithNullability(element, true), -1),
                true);
      }
      for (int i = 0; i < types.length; i++) {
        boolean parameter =
            binding.operand(i).getKind() == SqlKind.DYNAMIC_PARAM
                || SqlUtil.isNullLiteral(binding.operand(i), false);
        if (!parameter) {
          types[i] = binding.getValidator().deriveType(binding.getScope(), binding.operand(i));
        } else {
          types[i] = i == 1 && kind == Kind.ARRAY_CONTAINS ? text : texts;
        }
      }
    };
  }

  @Override
  public String toString() {
    return predicate.name().toLowerCase(Locale.ROOT);
  }
}

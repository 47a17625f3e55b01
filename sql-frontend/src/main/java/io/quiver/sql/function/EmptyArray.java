package io.quiver.sql.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code ARRAY[]}, which Calcite refuses: an array whose elements have no type until it is cast to
 * one, by hand or because a column of that type takes it.
 */
public final class EmptyArray extends SqlFunction {
  EmptyArray() {
    super(
        "EMPTY_ARRAY",
        SqlKind.OTHER_FUNCTION,
        binding -> type(binding.getTypeFactory()),
        null,
        OperandTypes.NILADIC,
        SqlFunctionCategory.SYSTEM);
  }

  private static RelDataType type(RelDataTypeFactory factory) {
    return factory.createArrayType(
        factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.NULL), true), -1);
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
    writer.keyword("ARRAY[]");
  }
}

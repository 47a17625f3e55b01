package io.quiver.sql.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Limits of SQL's own types: 38 digits, strings of any length, times to the millisecond. */
public final class QuiverTypeSystem extends RelDataTypeSystemImpl {
  public static final QuiverTypeSystem INSTANCE = new QuiverTypeSystem();

  private static final int DIGITS = 38;

  private QuiverTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? DIGITS : super.getMaxPrecision(typeName);
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? DIGITS : super.getMaxScale(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? DIGITS : super.getDefaultPrecision(typeName);
  }

  /** Wide enough for the sum of many: an INTEGER's is BIGINT, a BIGINT's DECIMAL. */
  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
          case BIGINT -> factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, 0);
          case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, argument.getScale());
          default -> argument;
        };
    return factory.createTypeWithNullability(sum, argument.isNullable());
  }

  /** The average of whole numbers is none. */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType average =
        argument.getSqlTypeName() == SqlTypeName.DECIMAL
            ? factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, Math.max(argument.getScale(), 6))
            : SqlTypeName.NUMERIC_TYPES.contains(argument.getSqlTypeName())
                ? factory.createSqlType(SqlTypeName.DOUBLE)
                : argument;
    return factory.createTypeWithNullability(average, argument.isNullable());
  }

  /** A CASE over strings of several lengths pads none of them. */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}

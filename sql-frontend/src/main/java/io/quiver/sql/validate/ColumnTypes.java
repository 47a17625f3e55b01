package io.quiver.sql.validate;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.type.QuiverTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of the catalog as types of Calcite. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /** The Calcite type of a column. */
  public static RelDataType of(SqlColumnType type, boolean nullable) {
    QuiverTypeFactory factory = QuiverTypeFactory.INSTANCE;
    return switch (type) {
      case SqlColumnType.Scalar scalar -> scalar(scalar, nullable);
      case SqlColumnType.TextArray array ->
          factory.createTypeWithNullability(
              factory.createArrayType(factory.createSqlType(SqlTypeName.VARCHAR), -1), nullable);
      case SqlColumnType.Vector v -> factory.vector(v.dimension(), v.element(), nullable);
      case SqlColumnType.SparseVector s ->
          factory.sparseVector(s.dimension() == Integer.MAX_VALUE ? 0 : s.dimension(), nullable);
      case SqlColumnType.MultiVector m -> factory.multiVector(m.dimension(), nullable);
    };
  }

  private static RelDataType scalar(SqlColumnType.Scalar scalar, boolean nullable) {
    QuiverTypeFactory factory = QuiverTypeFactory.INSTANCE;
    SqlTypeName name =
        switch (scalar.type()) {
          case BOOLEAN -> SqlTypeName.BOOLEAN;
          case SMALLINT -> SqlTypeName.SMALLINT;
          case INTEGER -> SqlTypeName.INTEGER;
          case BIGINT -> SqlTypeName.BIGINT;
          case REAL -> SqlTypeName.REAL;
          case DOUBLE -> SqlTypeName.DOUBLE;
          case DECIMAL -> SqlTypeName.DECIMAL;
          case VARCHAR, JSON -> SqlTypeName.VARCHAR;
          case DATE -> SqlTypeName.DATE;
          case TIME -> SqlTypeName.TIME;
          case TIMESTAMP -> SqlTypeName.TIMESTAMP;
          case TIMESTAMP_TZ -> SqlTypeName.TIMESTAMP_TZ;
          case UUID -> SqlTypeName.UUID;
          case VARBINARY -> SqlTypeName.VARBINARY;
        };
    if (scalar.type() == SqlColumnType.ScalarType.JSON) {
      return factory.json(nullable);
    }
    RelDataType type;
    if (name == SqlTypeName.TIMESTAMP
        || name == SqlTypeName.TIME
        || name == SqlTypeName.TIMESTAMP_TZ) {
      type = factory.createSqlType(name, scalar.precision() < 0 ? 3 : scalar.precision());
    } else if (scalar.precision() < 0) {
      type = factory.createSqlType(name);
    } else if (name == SqlTypeName.DECIMAL) {
      type = factory.createSqlType(name, scalar.precision(), scalar.scale());
    } else {
      type = factory.createSqlType(name, scalar.precision());
    }
    return factory.createTypeWithNullability(type, nullable);
  }
}

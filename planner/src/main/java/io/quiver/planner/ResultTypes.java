package io.quiver.planner;

import io.quiver.planner.ResultType.Kind;
import io.quiver.sql.type.JsonSqlType;
import io.quiver.sql.type.MultiVectorSqlType;
import io.quiver.sql.type.SparseVectorSqlType;
import io.quiver.sql.type.VectorSqlType;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/** Calcite's types in words of JDBC. */
public final class ResultTypes {
  private ResultTypes() {}

  /** The type of a result column or parameter. */
  public static ResultType of(RelDataType type) {
    return switch (type) {
      case VectorSqlType v -> typed(Kind.VECTOR, type, v.dimension() == 0 ? -1 : v.dimension());
      case SparseVectorSqlType s ->
          typed(Kind.SPARSEVEC, type, s.dimension() == 0 ? -1 : s.dimension());
      case MultiVectorSqlType m ->
          typed(Kind.MULTIVECTOR, type, m.dimension() == 0 ? -1 : m.dimension());
      case JsonSqlType j -> typed(Kind.JSON, type, -1);
      default -> standard(type);
    };
  }

  private static ResultType typed(Kind kind, RelDataType type, int precision) {
    return new ResultType(kind, type.toString(), precision, 0, Optional.empty());
  }

  private static ResultType standard(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> plain(Kind.BOOLEAN, "BOOLEAN");
      case TINYINT, SMALLINT -> plain(Kind.SMALLINT, "SMALLINT");
      case INTEGER -> plain(Kind.INTEGER, "INTEGER");
      case BIGINT -> plain(Kind.BIGINT, "BIGINT");
      case REAL -> plain(Kind.REAL, "REAL");
      case FLOAT, DOUBLE -> plain(Kind.DOUBLE, "DOUBLE");
      case DECIMAL ->
          new ResultType(
              Kind.DECIMAL, "DECIMAL", type.getPrecision(), type.getScale(), Optional.empty());
      case CHAR, VARCHAR -> text(type);
      case BINARY, VARBINARY ->
          new ResultType(Kind.VARBINARY, "VARBINARY", precision(type), 0, Optional.empty());
      case DATE -> plain(Kind.DATE, "DATE");
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> plain(Kind.TIME, "TIME");
      case TIMESTAMP -> plain(Kind.TIMESTAMP, "TIMESTAMP");
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          plain(Kind.TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE");
      case UUID -> plain(Kind.UUID, "UUID");
      case ARRAY, MULTISET -> array(type);
      case NULL -> plain(Kind.NULL, "NULL");
      default ->
          type.getSqlTypeName().getName().startsWith("INTERVAL")
              ? plain(Kind.INTERVAL, "INTERVAL")
              : plain(Kind.VARCHAR, "VARCHAR");
    };
  }

  private static ResultType text(RelDataType type) {
    int precision = precision(type);
    return new ResultType(
        Kind.VARCHAR,
        precision < 0 ? "VARCHAR" : "VARCHAR(" + precision + ")",
        precision,
        0,
        Optional.empty());
  }

  private static ResultType array(RelDataType type) {
    RelDataType component = type.getComponentType();
    ResultType element = component == null ? plain(Kind.VARCHAR, "VARCHAR") : of(component);
    return new ResultType(Kind.ARRAY, element.name() + " ARRAY", -1, 0, Optional.of(element));
  }

  private static int precision(RelDataType type) {
    return type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED ? -1 : type.getPrecision();
  }

  private static ResultType plain(Kind kind, String name) {
    return new ResultType(kind, name, -1, 0, Optional.empty());
  }
}

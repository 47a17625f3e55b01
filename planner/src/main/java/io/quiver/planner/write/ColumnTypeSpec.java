package io.quiver.planner.write;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.parser.ExtendedType;
import io.quiver.sql.parser.ExtendedTypeNameSpec;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** A column's type as a statement would write it, so that a value can be cast to it. */
public final class ColumnTypeSpec {
  private ColumnTypeSpec() {}

  /**
   * {@code CAST(value AS type)}. Text is cast without its length: too long is an error, not cut.
   */
  public static SqlNode cast(SqlNode value, SqlColumnType type) {
    SqlParserPos position = value.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        position, value, new SqlDataTypeSpec(name(type, position), position));
  }

  private static SqlTypeNameSpec name(SqlColumnType type, SqlParserPos position) {
    return switch (type) {
      case SqlColumnType.Scalar scalar -> scalar(scalar, position);
      case SqlColumnType.TextArray array ->
          new SqlCollectionTypeNameSpec(
              new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, position),
              true,
              SqlTypeName.ARRAY,
              position);
      case SqlColumnType.Vector v ->
          new ExtendedTypeNameSpec(new ExtendedType.Vector(v.dimension(), v.element()), position);
      case SqlColumnType.SparseVector s ->
          new ExtendedTypeNameSpec(
              new ExtendedType.SparseVector(s.dimension() == Integer.MAX_VALUE ? 0 : s.dimension()),
              position);
      case SqlColumnType.MultiVector m ->
          new ExtendedTypeNameSpec(new ExtendedType.MultiVector(m.dimension()), position);
    };
  }

  private static SqlTypeNameSpec scalar(SqlColumnType.Scalar scalar, SqlParserPos position) {
    return switch (scalar.type()) {
      case BOOLEAN -> new SqlBasicTypeNameSpec(SqlTypeName.BOOLEAN, position);
      case SMALLINT -> new SqlBasicTypeNameSpec(SqlTypeName.SMALLINT, position);
      case INTEGER -> new SqlBasicTypeNameSpec(SqlTypeName.INTEGER, position);
      case BIGINT -> new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, position);
      case REAL -> new SqlBasicTypeNameSpec(SqlTypeName.REAL, position);
      case DOUBLE -> new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, position);
      case DECIMAL ->
          scalar.precision() < 0
              ? new SqlBasicTypeNameSpec(SqlTypeName.DECIMAL, position)
              : new SqlBasicTypeNameSpec(
                  SqlTypeName.DECIMAL, scalar.precision(), scalar.scale(), position);
      case VARCHAR -> new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, position);
      case JSON -> new ExtendedTypeNameSpec(new ExtendedType.Json(), position);
      case DATE -> new SqlBasicTypeNameSpec(SqlTypeName.DATE, position);
      case TIME -> new SqlBasicTypeNameSpec(SqlTypeName.TIME, 3, position);
      case TIMESTAMP -> new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, 3, position);
      case TIMESTAMP_TZ -> new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_TZ, 3, position);
      case UUID -> new SqlBasicTypeNameSpec(SqlTypeName.UUID, position);
      case VARBINARY -> new SqlBasicTypeNameSpec(SqlTypeName.VARBINARY, position);
    };
  }
}

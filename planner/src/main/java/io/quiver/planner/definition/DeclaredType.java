package io.quiver.planner.definition;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.parser.ExtendedType;
import io.quiver.sql.parser.ExtendedTypeNameSpec;
import io.quiver.sql.problem.ErrorCode;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;

/** The type a column is declared with. */
final class DeclaredType {
  private DeclaredType() {}

  static SqlColumnType of(SqlDataTypeSpec declared) {
    return switch (declared.getTypeNameSpec()) {
      case ExtendedTypeNameSpec extended -> extended(extended);
      case SqlCollectionTypeNameSpec collection -> collection(collection);
      case SqlBasicTypeNameSpec basic -> basic(basic);
      default -> throw notAColumnType(declared.getTypeNameSpec());
    };
  }

  private static SqlColumnType extended(ExtendedTypeNameSpec spec) {
    return switch (spec.type()) {
      case ExtendedType.Vector vector -> {
        requireDimension(vector.dimension(), spec);
        yield new SqlColumnType.Vector(vector.dimension(), vector.element());
      }
      case ExtendedType.SparseVector sparse ->
          new SqlColumnType.SparseVector(
              sparse.dimension() == 0 ? Integer.MAX_VALUE : sparse.dimension());
      case ExtendedType.MultiVector multi -> {
        requireDimension(multi.dimension(), spec);
        yield new SqlColumnType.MultiVector(multi.dimension());
      }
      case ExtendedType.Json json -> Scalar.of(ScalarType.JSON);
    };
  }

  private static void requireDimension(int dimension, SqlTypeNameSpec spec) {
    if (dimension == 0) {
      throw DefinitionProblem.at(
          ErrorCode.TYPE_ARGUMENT_INVALID,
          spec.getParserPos(),
          "A column of type " + spec.getTypeName() + " needs its number of dimensions",
          "Write VECTOR(384), with the dimensions of your model.");
    }
  }

  private static SqlColumnType collection(SqlCollectionTypeNameSpec spec) {
    if (spec.getElementTypeName() instanceof SqlBasicTypeNameSpec element) {
      SqlTypeName name = SqlTypeName.get(element.getTypeName().getSimple());
      if (name == SqlTypeName.VARCHAR || name == SqlTypeName.CHAR) {
        return new SqlColumnType.TextArray();
      }
    }
    throw DefinitionProblem.at(
        ErrorCode.NOT_SUPPORTED,
        spec.getParserPos(),
        "A column cannot be " + spec + " ",
        "Use VARCHAR ARRAY for labels, VECTOR(n) for numbers, or JSON for anything.");
  }

  private static SqlColumnType basic(SqlBasicTypeNameSpec spec) {
    SqlTypeName name = SqlTypeName.get(spec.getTypeName().getSimple());
    int precision = spec.getPrecision();
    ScalarType type = StandardTypes.scalar(name).orElseThrow(() -> notAColumnType(spec));
    return switch (type) {
      case DECIMAL ->
          precision < 0
              ? Scalar.of(type)
              : new Scalar(type, precision, Math.max(0, spec.getScale()));
      case VARCHAR, VARBINARY -> new Scalar(type, precision, 0);
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> {
        if (precision > 3) {
          throw DefinitionProblem.at(
              ErrorCode.TYPE_ARGUMENT_INVALID,
              spec.getParserPos(),
              "Moments are kept to the millisecond; " + name + "(" + precision + ") asks for more",
              "Write " + name + "(3), or keep finer counts in a BIGINT.");
        }
        yield new Scalar(type, precision, 0);
      }
      default -> Scalar.of(type);
    };
  }

  private static RuntimeException notAColumnType(SqlTypeNameSpec spec) {
    return DefinitionProblem.at(
        ErrorCode.TYPE_UNKNOWN,
        spec.getParserPos(),
        "A column cannot be of type " + spec,
        "See docs/sql.md for the types of columns.");
  }
}

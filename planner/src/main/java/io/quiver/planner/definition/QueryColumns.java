package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.type.JsonSqlType;
import io.quiver.sql.type.MultiVectorSqlType;
import io.quiver.sql.type.SparseVectorSqlType;
import io.quiver.sql.type.VectorSqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The columns a query gives, as columns of a table. */
final class QueryColumns {
  private QueryColumns() {}

  /**
   * @param position of the query, for messages
   */
  static List<ColumnDefinition> of(RelDataType row, SqlParserPos position) {
    List<ColumnDefinition> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RelDataTypeField field : row.getFieldList()) {
      String name = field.getName();
      if (name.contains("$") || !names.add(name)) {
        throw DefinitionProblem.at(
            ErrorCode.TABLE_INVALID,
            position,
            "column " + (field.getIndex() + 1) + " of the query has no name of its own",
            "name it with AS.");
      }
      SqlColumnType type =
          typeOf(field.getType())
              .orElseThrow(
                  () ->
                      DefinitionProblem.at(
                          ErrorCode.TABLE_INVALID,
                          position,
                          "column "
                              + name
                              + " of the query is "
                              + field.getType()
                              + ", which a column cannot be",
                          "CAST it to the type wanted."));
      columns.add(ColumnDefinition.of(columns.size(), name, type, true));
    }
    return columns;
  }

  private static Optional<SqlColumnType> typeOf(RelDataType type) {
    return switch (type) {
      case VectorSqlType v ->
          v.dimension() == 0
              ? Optional.empty()
              : Optional.of(new SqlColumnType.Vector(v.dimension(), v.element()));
      case SparseVectorSqlType s ->
          Optional.of(
              new SqlColumnType.SparseVector(
                  s.dimension() == 0 ? Integer.MAX_VALUE : s.dimension()));
      case MultiVectorSqlType m ->
          m.dimension() == 0
              ? Optional.empty()
              : Optional.of(new SqlColumnType.MultiVector(m.dimension()));
      case JsonSqlType json -> Optional.of(Scalar.of(ScalarType.JSON));
      default -> standard(type);
    };
  }

  private static Optional<SqlColumnType> standard(RelDataType type) {
    ScalarType scalar = StandardTypes.scalar(type.getSqlTypeName()).orElse(null);
    if (scalar == ScalarType.DECIMAL) {
      return Optional.of(new Scalar(scalar, type.getPrecision(), type.getScale()));
    }
    if (scalar != null) {
      return Optional.of(Scalar.of(scalar));
    }
    RelDataType element = type.getComponentType();
    boolean texts =
        element != null
            && switch (element.getSqlTypeName()) {
              case CHAR, VARCHAR -> true;
              default -> false;
            };
    return texts ? Optional.of(new SqlColumnType.TextArray()) : Optional.empty();
  }
}

package io.quiver.sql.validate;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's conversions, but one: where UNION, INTERSECT or EXCEPT has text in a column of one
 * query and something else in that of another, Calcite makes text of both. As in PostgreSQL, it is
 * an error: numbers that became text would be ordered and compared as text.
 */
final class ColumnCoercion extends TypeCoercionImpl {
  ColumnCoercion(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public boolean rowTypeCoercion(
      @Nullable SqlValidatorScope scope, SqlNode query, int column, RelDataType target) {
    RelDataType type = validator.getValidatedNodeType(query).getFieldList().get(column).getType();
    if (SqlTypeUtil.inCharFamily(target)
        && !SqlTypeUtil.inCharFamily(type)
        && type.getSqlTypeName() != SqlTypeName.NULL) {
      SqlNode place = query instanceof SqlSelect select ? item(select, column) : query;
      throw SqlProblem.at(
              ErrorCode.TYPES_DIFFER,
              SqlPosition.of(place.getParserPosition()),
              "column "
                  + (column + 1)
                  + " is "
                  + type
                  + " in one query and text in another, whose rows are to be put together",
              "make both one type: CAST(... AS VARCHAR), or the text AS " + type + ".")
          .asException();
    }
    return super.rowTypeCoercion(scope, query, column, target);
  }

  private static SqlNode item(SqlSelect select, int column) {
    return column < select.getSelectList().size() ? select.getSelectList().get(column) : select;
  }
}

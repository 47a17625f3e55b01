package io.quiver.planner;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/**
 * What a result's column is called that the query gives no name: as PostgreSQL has it, a function
 * by its name, a cast by what is cast, all else {@code ?column?}.
 */
final class ColumnLabel {
  private static final Pattern MADE_UP = Pattern.compile("EXPR\\$\\d+");
  private static final String NAMELESS = "?column?";

  private ColumnLabel() {}

  /**
   * The label of a field.
   *
   * @param query the whole of it
   */
  static String of(RelDataTypeField field, SqlNode query) {
    if (!MADE_UP.matcher(field.getName()).matches()) {
      return field.getName();
    }
    SqlNode select = query;
    while (!(select instanceof SqlSelect)) {
      select =
          switch (select) {
            case SqlOrderBy order -> order.query;
            case SqlWith with -> with.body;
            case SqlBasicCall set when set.operandCount() > 0 -> set.operand(0);
            default -> null;
          };
      if (select == null) {
        return NAMELESS;
      }
    }
    var items = ((SqlSelect) select).getSelectList();
    return field.getIndex() < items.size() ? of(items.get(field.getIndex())) : NAMELESS;
  }

  private static String of(SqlNode item) {
    SqlNode named = item;
    while (named instanceof SqlCall call
        && (call.getKind() == SqlKind.AS
            || call.getKind() == SqlKind.CAST
            || call.getKind() == SqlKind.OVER
            || call.getKind() == SqlKind.FILTER
            || call.getKind() == SqlKind.RESPECT_NULLS
            || call.getKind() == SqlKind.WITHIN_GROUP)) {
      named = call.operand(0);
    }
    return switch (named) {
      case SqlIdentifier column -> column.names.getLast();
      case SqlCall call when call.getKind() == SqlKind.CASE -> "case";
      case SqlCall call when call.getOperator() instanceof SqlFunction function ->
          function.getName().toLowerCase(Locale.ROOT);
      default -> NAMELESS;
    };
  }
}

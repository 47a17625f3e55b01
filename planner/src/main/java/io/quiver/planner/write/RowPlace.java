package io.quiver.planner.write;

import io.quiver.sql.problem.SqlPosition;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement's text gives the values of a row, so that a row which is refused can be pointed
 * at.
 *
 * @param whole all of them
 * @param columns ordinals of the columns it gives values for
 * @param values where each is given; shorter than {@code columns} where the text does not tell
 */
record RowPlace(SqlParserPos whole, int[] columns, List<SqlParserPos> values) {
  /** A row that is not of the statement's text. */
  static final RowPlace NOWHERE = new RowPlace(SqlParserPos.ZERO, new int[0], List.of());

  /** Of the rows of an INSERT, one a row of its VALUES, or one for all rows of its query. */
  static List<RowPlace> of(SqlNode source, int[] columns) {
    if (source instanceof SqlOrderBy ordered) {
      return of(ordered.query, columns);
    }
    if (source instanceof SqlWith with) {
      return of(with.body, columns);
    }
    if (source.getKind() == SqlKind.VALUES) {
      List<RowPlace> places = new ArrayList<>();
      for (SqlNode row : ((SqlCall) source).getOperandList()) {
        places.add(
            new RowPlace(
                row.getParserPosition(), columns, places(((SqlCall) row).getOperandList())));
      }
      return places;
    }
    List<SqlNode> items = source instanceof SqlSelect select ? select.getSelectList() : List.of();
    boolean plain =
        items.size() == columns.length
            && items.stream().noneMatch(item -> item instanceof SqlIdentifier id && id.isStar());
    return List.of(
        new RowPlace(source.getParserPosition(), columns, plain ? places(items) : List.of()));
  }

  /** Of the rows that SET gives these values. */
  static RowPlace of(int[] columns, List<? extends SqlNode> values) {
    List<SqlParserPos> places = places(values);
    return new RowPlace(SqlParserPos.sum(places), columns, places);
  }

  private static List<SqlParserPos> places(List<? extends SqlNode> nodes) {
    return nodes.stream().map(SqlNode::getParserPosition).toList();
  }

  /** The place of the only one of these columns that is given, or that of all values. */
  @Nullable SqlPosition at(int... ordinals) {
    SqlParserPos found = null;
    for (int ordinal : ordinals) {
      for (int i = 0; i < values.size(); i++) {
        if (columns[i] == ordinal) {
          if (found != null) {
            return shown(whole);
          }
          found = values.get(i);
        }
      }
    }
    return shown(found == null ? whole : found);
  }

  private static @Nullable SqlPosition shown(SqlParserPos place) {
    return place.getLineNum() < 1 ? null : SqlPosition.of(place);
  }
}

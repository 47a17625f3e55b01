package io.quiver.planner.write;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The source of an INSERT with each value cast to the type of its column, so that parameters and
 * texts are read as what they are for.
 */
record InsertSource(WriteTarget target, int[] columns) {
  /** Those an INSERT fills: without a list all visible ones, or as many as it has values. */
  static int[] columns(SqlInsert insert, WriteTarget target) {
    int[] columns = target.columns(insert.getTargetColumnList());
    if (insert.getTargetColumnList() != null) {
      return columns;
    }
    int[] givable = target.givable(columns);
    SqlNode source = insert.getSource();
    if (source.getKind() != SqlKind.VALUES) {
      return givable;
    }
    int width = ((SqlCall) ((SqlCall) source).operand(0)).operandCount();
    int[] unnumbered =
        IntStream.of(givable).filter(each -> !target.definition(each).identity()).toArray();
    return width == columns.length ? columns : width == givable.length ? givable : unnumbered;
  }

  /** The query whose columns are those of the table. */
  SqlNode query(SqlNode source) {
    if (source.getKind() == SqlKind.VALUES) {
      List<SqlNode> rows = new ArrayList<>();
      for (SqlNode row : ((SqlCall) source).getOperandList()) {
        rows.add(castRow((SqlCall) row));
      }
      return SqlStdOperatorTable.VALUES.createCall(source.getParserPosition(), rows);
    }
    for (int column : columns) {
      target.checkGivable(column, source);
    }
    return castColumns(source instanceof SqlSelect select ? typed(select) : source);
  }

  /** The values of a single row, cast to their columns' types. */
  List<SqlNode> items(SqlInsert insert) {
    return ((SqlCall) castRow((SqlCall) ((SqlCall) insert.getSource()).operand(0)))
        .getOperandList();
  }

  static boolean isDefault(SqlNode value) {
    return value.getKind() == SqlKind.DEFAULT;
  }

  private SqlNode castRow(SqlCall row) {
    List<SqlNode> values = row.getOperandList();
    checkWidth(values.size(), row.getParserPosition());
    List<SqlNode> cast = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      target.checkGivable(columns[i], values.get(i));
      cast.add(ColumnTypeSpec.cast(target.given(values.get(i), columns[i]), type(i)));
    }
    return SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), cast);
  }

  private SqlColumnType type(int column) {
    return target.definition(columns[column]).type();
  }

  /** A parameter that is an item of the SELECT has the column's type. */
  private SqlNode typed(SqlSelect select) {
    SqlNodeList items = select.getSelectList();
    boolean plain =
        items.size() == columns.length
            && items.stream().noneMatch(item -> item instanceof SqlIdentifier id && id.isStar());
    if (plain) {
      for (int i = 0; i < columns.length; i++) {
        if (items.get(i).getKind() == SqlKind.DYNAMIC_PARAM) {
          items.set(i, ColumnTypeSpec.cast(items.get(i), type(i)));
        }
      }
    }
    return select;
  }

  private SqlNode castColumns(SqlNode source) {
    SqlParserPos position = source.getParserPosition();
    List<String> names = new ArrayList<>();
    List<SqlNode> items = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      names.add("$" + i);
      items.add(ColumnTypeSpec.cast(new SqlIdentifier("$" + i, position), type(i)));
    }
    return Selects.of(items, Selects.as(source, "source", names), null);
  }

  private void checkWidth(int given, SqlParserPos position) {
    if (given != columns.length) {
      throw SqlProblem.at(
              ErrorCode.ROW_WIDTH_DIFFERS,
              SqlPosition.of(position),
              "the row has " + given + " values for " + columns.length + " columns",
              "give one value a column.")
          .asException();
    }
  }
}

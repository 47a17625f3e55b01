package io.quiver.sql.validate;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Litmus;

/**
 * PERCENT_RANK and CUME_DIST by the standard's definition of them, in terms of RANK and COUNT,
 * which Calcite runs; it does not run the two themselves.
 */
final class ShareOfRank {
  private ShareOfRank() {}

  /**
   * What an OVER of one of the two means; empty for any other.
   *
   * @param named the windows that the block names
   */
  static Optional<SqlNode> of(SqlCall over, SqlNodeList named) {
    if (over.getKind() != SqlKind.OVER || !(over.operand(0) instanceof SqlCall function)) {
      return Optional.empty();
    }
    String name = function.getOperator().getName();
    boolean cumulative = name.equalsIgnoreCase("CUME_DIST");
    if (!cumulative && !name.equalsIgnoreCase("PERCENT_RANK")) {
      return Optional.empty();
    }
    // A name that stands for no window is left to the validator, which tells of it.
    return writtenOut(over.operand(1), named)
        .map(window -> share(window, cumulative, over.getParserPosition()));
  }

  /** The window a name stands for, or one that begins with another. */
  private static Optional<SqlWindow> writtenOut(SqlNode window, List<SqlNode> named) {
    if (window instanceof SqlIdentifier name) {
      return named(name, named);
    }
    if (!(window instanceof SqlWindow own) || own.getRefName() == null) {
      return Optional.of((SqlWindow) window);
    }
    return named(own.getRefName(), named)
        .map(
            base ->
                window(
                    base.getPartitionList(),
                    own.getOrderList().isEmpty() ? base.getOrderList() : own.getOrderList(),
                    own.getParserPosition()));
  }

  /** A window may begin with one that is named before it. */
  private static Optional<SqlWindow> named(SqlIdentifier name, List<SqlNode> named) {
    for (int i = 0; i < named.size(); i++) {
      if (named.get(i) instanceof SqlWindow window
          && window.getDeclName() != null
          && window.getDeclName().equalsDeep(name, Litmus.IGNORE)) {
        return writtenOut(window, named.subList(0, i));
      }
    }
    return Optional.empty();
  }

  private static SqlNode share(SqlWindow window, boolean cumulative, SqlParserPos position) {
    SqlNode rows = count(window, SqlNodeList.EMPTY, position);
    return cumulative
        ? call(
            SqlStdOperatorTable.DIVIDE,
            position,
            real(count(window, window.getOrderList(), position), position),
            rows)
        : percentRank(window, rows, position);
  }

  /** (rank - 1) / (rows - 1), and 0 for a row alone. */
  private static SqlNode percentRank(SqlWindow window, SqlNode rows, SqlParserPos position) {
    SqlNode rank =
        over(
            SqlStdOperatorTable.RANK.createCall(position), window, window.getOrderList(), position);
    SqlNode one = SqlLiteral.createExactNumeric("1", position);
    SqlNode others =
        call(
            SqlStdOperatorTable.NULLIF,
            position,
            call(SqlStdOperatorTable.MINUS, position, rows, one),
            SqlLiteral.createExactNumeric("0", position));
    SqlNode share =
        call(
            SqlStdOperatorTable.DIVIDE,
            position,
            real(call(SqlStdOperatorTable.MINUS, position, rank, one), position),
            others);
    return call(
        SqlStdOperatorTable.COALESCE,
        position,
        share,
        SqlLiteral.createApproxNumeric("0E0", position));
  }

  private static SqlNode count(SqlWindow window, SqlNodeList order, SqlParserPos position) {
    return over(
        SqlStdOperatorTable.COUNT.createCall(position, SqlIdentifier.star(position)),
        window,
        order,
        position);
  }

  private static SqlNode over(
      SqlNode function, SqlWindow window, SqlNodeList order, SqlParserPos position) {
    return SqlStdOperatorTable.OVER.createCall(
        position, function, window(window.getPartitionList(), order, position));
  }

  private static SqlWindow window(SqlNodeList partition, SqlNodeList order, SqlParserPos position) {
    return SqlWindow.create(
        null,
        null,
        copy(partition),
        copy(order),
        SqlLiteral.createBoolean(false, position),
        null,
        null,
        null,
        position);
  }

  /** The validator changes nodes, so that each window needs its own. */
  private static SqlNodeList copy(SqlNodeList list) {
    return new SqlNodeList(
        list.stream().map(each -> each.clone(each.getParserPosition())).toList(),
        list.getParserPosition());
  }

  private static SqlNode real(SqlNode number, SqlParserPos position) {
    return call(
        SqlStdOperatorTable.CAST,
        position,
        number,
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, position), position));
  }

  private static SqlNode call(SqlOperator operator, SqlParserPos position, SqlNode... operands) {
    return operator.createCall(position, operands);
  }
}

package io.quiver.planner.write;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SELECT statements made from parts. */
public final class Selects {
  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private Selects() {}

  /** {@code SELECT items}. */
  public static SqlSelect of(List<? extends SqlNode> items) {
    return of(items, null, null);
  }

  /** {@code SELECT items FROM from WHERE where}. */
  public static SqlSelect of(
      List<? extends SqlNode> items, @Nullable SqlNode from, @Nullable SqlNode where) {
    return new SqlSelect(
        HERE,
        null,
        new SqlNodeList(
            items, SqlParserPos.sum(items.stream().map(SqlNode::getParserPosition).toList())),
        from,
        where,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** {@code source AS alias}, with other names for its columns where some are given. */
  public static SqlNode as(SqlNode source, String alias, List<String> columns) {
    SqlNode[] operands = new SqlNode[2 + columns.size()];
    operands[0] = source;
    operands[1] = new SqlIdentifier(alias, HERE);
    for (int i = 0; i < columns.size(); i++) {
      operands[2 + i] = new SqlIdentifier(columns.get(i), HERE);
    }
    return SqlStdOperatorTable.AS.createCall(HERE, operands);
  }

  /** {@code left, right}: every pair of rows. */
  public static SqlNode cross(SqlNode left, SqlNode right) {
    return new org.apache.calcite.sql.SqlJoin(
        HERE,
        left,
        org.apache.calcite.sql.SqlLiteral.createBoolean(false, HERE),
        org.apache.calcite.sql.JoinType.CROSS.symbol(HERE),
        right,
        org.apache.calcite.sql.JoinConditionType.NONE.symbol(HERE),
        null);
  }
}

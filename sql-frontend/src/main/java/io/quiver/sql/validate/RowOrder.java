package io.quiver.sql.validate;

import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Which of two rows comes first, by the standard's definition: {@code (a, b) < (c, d)} is {@code a
 * < c OR a = c AND b < d}. Calcite compares rows for equality alone.
 */
final class RowOrder {
  private RowOrder() {}

  /** What a comparison of rows means; empty for any other. */
  static Optional<SqlNode> of(SqlCall call) {
    Optional<SqlOperator> strict =
        switch (call.getKind()) {
          case LESS_THAN, LESS_THAN_OR_EQUAL -> Optional.of(SqlStdOperatorTable.LESS_THAN);
          case GREATER_THAN, GREATER_THAN_OR_EQUAL -> Optional.of(SqlStdOperatorTable.GREATER_THAN);
          default -> Optional.empty();
        };
    return strict.isPresent()
            && call.operand(0) instanceof SqlCall left
            && call.operand(1) instanceof SqlCall right
            && left.getKind() == SqlKind.ROW
            && right.getKind() == SqlKind.ROW
            && left.operandCount() == right.operandCount()
        ? Optional.of(compared(call, left, right, strict.get()))
        : Optional.empty();
  }

  /** From the last fields, which the call's own operator compares, to the first. */
  private static SqlNode compared(SqlCall call, SqlCall left, SqlCall right, SqlOperator strict) {
    SqlParserPos position = call.getParserPosition();
    int last = left.operandCount() - 1;
    SqlNode order =
        call.getOperator().createCall(position, left.operand(last), right.operand(last));
    for (int i = last - 1; i >= 0; i--) {
      SqlNode same =
          SqlStdOperatorTable.EQUALS.createCall(
              position, TreeCopy.of(left.operand(i)), TreeCopy.of(right.operand(i)));
      order =
          SqlStdOperatorTable.OR.createCall(
              position,
              strict.createCall(position, left.operand(i), right.operand(i)),
              SqlStdOperatorTable.AND.createCall(position, same, order));
    }
    return order;
  }
}

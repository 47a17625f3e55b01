package io.quiver.planner;

import io.quiver.sql.parser.QuotedName;
import io.quiver.sql.parser.StatementParser;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Conditions of policies: expressions over one row of a table. */
final class Conditions {
  private Conditions() {}

  /** {@code SELECT condition FROM table}. */
  static SqlNode select(String condition, String schema, String table) {
    return new StatementParser()
        .parse(
            "SELECT " + condition + " FROM " + QuotedName.of(schema) + "." + QuotedName.of(table));
  }

  /** Refuses what reads more than the row, or is not known when the policy is made. */
  static void check(SqlNode condition) {
    condition.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind().belongsTo(SqlKind.QUERY)) {
              throw refused(call, "a sub-query");
            }
            return super.visit(call);
          }

          @Override
          public Void visit(SqlDynamicParam parameter) {
            throw refused(parameter, "a parameter");
          }
        });
  }

  private static RuntimeException refused(SqlNode node, String what) {
    return SqlProblem.at(
            ErrorCode.NOT_SUPPORTED,
            SqlPosition.of(node.getParserPosition()),
            what + " in the condition of a policy is not supported",
            "compare columns of the table with CURRENT_USER and constants.")
        .asException();
  }
}

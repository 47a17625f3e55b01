package io.quiver.sql.validate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies of trees, for validation changes nodes and knows them by identity. */
public final class TreeCopy {
  private TreeCopy() {}

  /** The whole tree anew. */
  public static SqlNode of(SqlNode node) {
    SqlNode copy =
        node.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler copies = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, copies);
                return copies.result();
              }
            });
    if (copy == null) {
      throw new IllegalStateException("The copy of a tree is nothing: " + node);
    }
    return copy;
  }
}

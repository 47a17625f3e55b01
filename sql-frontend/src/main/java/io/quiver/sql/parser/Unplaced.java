package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Takes the places out of a tree that was read from another text than the statement's, such as a
 * view's: an error must not point at what happens to stand there in the statement.
 */
public final class Unplaced extends SqlShuttle {
  private Unplaced() {}

  /** The same tree without places of calls. */
  public static SqlNode of(SqlNode tree) {
    SqlNode copy = tree.accept(new Unplaced());
    return copy == null ? tree : copy;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode copy = super.visit(call);
    return copy == null ? null : copy.clone(SqlParserPos.ZERO);
  }
}

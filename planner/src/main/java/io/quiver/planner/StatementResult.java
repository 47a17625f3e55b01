package io.quiver.planner;

import java.util.List;

/** What a statement gave. */
public sealed interface StatementResult {
  /** Things the user should know, such as an index that could not be used. */
  List<String> warnings();

  /** A query, or a write with RETURNING. */
  record Rows(RowCursor cursor, List<String> warnings) implements StatementResult {}

  /** A write, with the number of rows it changed, or a definition, with 0. */
  record Changed(long rows, List<String> warnings) implements StatementResult {}
}

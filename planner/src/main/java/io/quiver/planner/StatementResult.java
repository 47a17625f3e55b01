package io.quiver.planner;

import io.quiver.planner.monitor.QueryWork;
import java.util.List;

/** What a statement gave. */
public sealed interface StatementResult {
  /** Things the user should know, such as an index that could not be used. */
  List<String> warnings();

  /** A query, or a write with RETURNING. */
  record Rows(RowCursor cursor, List<String> warnings, QueryWork work) implements StatementResult {
    /** Rows that no plan made. */
    public Rows(RowCursor cursor, List<String> warnings) {
      this(cursor, warnings, new QueryWork());
    }
  }

  /** A write, with the number of rows it changed, or a definition, with 0. */
  record Changed(long rows, List<String> warnings) implements StatementResult {}
}

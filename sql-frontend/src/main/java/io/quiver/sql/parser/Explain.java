package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlNode;

/**
 * {@code EXPLAIN [ANALYZE] [(FORMAT TEXT|JSON, ANALYZE)] statement} or {@code EXPLAIN PLAN FOR
 * statement}.
 *
 * @param statement a query or a write
 * @param analyze whether to run it and add what was counted
 */
public record Explain(SqlNode statement, boolean analyze, Format format) implements Command {
  /** The form of the plan. */
  public enum Format {
    TEXT,
    JSON
  }

  @Override
  public String statementName() {
    return "EXPLAIN";
  }
}

package io.quiver.sql.function;

import java.util.List;

/** An argument of {@link RecallFunction}, in the order in which users may write them too. */
public enum RecallArgument implements NamedArgument {
  /** The table. */
  DATA(0, List.of("data", "table_name")),
  /** The name of its vector column. */
  COLUMN(1, List.of("col")),
  /** How many of the nearest are compared. */
  K(2, List.of("k", "top_k")),
  /** How many queries are made. */
  SAMPLE(3, List.of("sample")),
  /** Candidates of the walk; the session's where none are given. */
  EF_SEARCH(4, List.of("ef_search", "ef"));

  private final int position;
  private final List<String> names;

  RecallArgument(int position, List<String> names) {
    this.position = position;
    this.names = names;
  }

  /** Its place among the operands of a call, from 0. */
  public int position() {
    return position;
  }

  @Override
  public List<String> names() {
    return names;
  }
}

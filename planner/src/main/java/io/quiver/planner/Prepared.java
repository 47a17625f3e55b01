package io.quiver.planner;

import java.util.List;

/**
 * A statement that is parsed, validated and planned. Immutable; may run many times, in several
 * sessions at once.
 */
public interface Prepared {
  /** The text it was made from. */
  String sql();

  /** The text as it may be logged. */
  default String shownSql() {
    return sql();
  }

  /** What kind of thing it does. */
  Kind kind();

  /** Columns of its result; empty where it gives none. */
  List<ResultColumn> columns();

  /** Types of its parameters, in order. */
  List<ResultType> parameters();

  /** How it is carried out, a node a line; empty where it is no query. */
  default List<String> planLines() {
    return List.of();
  }

  /** What a statement does. */
  enum Kind {
    QUERY,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    DEFINITION,
    SETTING,
    TRANSACTION
  }
}

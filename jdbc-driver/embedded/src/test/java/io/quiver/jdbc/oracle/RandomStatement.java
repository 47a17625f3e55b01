package io.quiver.jdbc.oracle;

import java.util.Optional;

/**
 * A query, or a change and the query that tells what it did.
 *
 * @param change done before, by both databases
 * @param sql the query
 * @param forH2 the same in what H2 knows
 * @param ordered whether the order of its rows is part of its meaning
 */
record RandomStatement(Optional<String> change, String sql, String forH2, boolean ordered) {
  /** A query whose rows come in no order that counts, the same for both. */
  static RandomStatement query(String sql) {
    return new RandomStatement(Optional.empty(), sql, sql, false);
  }

  /** The same whose order counts. */
  static RandomStatement ordered(String sql) {
    return new RandomStatement(Optional.empty(), sql, sql, true);
  }

  /** A query that H2 is asked in other words. */
  static RandomStatement inOtherWords(String sql, String forH2) {
    return new RandomStatement(Optional.empty(), sql, forH2, false);
  }

  /** A change of the table {@code t}, told by what is in it afterwards. */
  static RandomStatement change(String sql) {
    String told = "SELECT * FROM t";
    return new RandomStatement(Optional.of(sql), told, told, false);
  }

  /** For a person who looks into a difference. */
  String text() {
    return change.map(each -> each + "; ").orElse("") + sql;
  }
}

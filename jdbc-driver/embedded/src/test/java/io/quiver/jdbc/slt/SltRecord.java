package io.quiver.jdbc.slt;

import java.util.List;

/**
 * A block of an .slt file.
 *
 * @param line where it begins, from 1
 * @param header such as {@code statement ok}, {@code statement count 3}, {@code statement error},
 *     {@code query}, {@code query rowsort} or {@code explain}; empty for comments
 * @param text the statement, or the comment
 * @param expected lines after {@code ----}
 */
record SltRecord(int line, String header, String text, List<String> expected) {
  boolean isComment() {
    return header.isEmpty();
  }

  /** Whether it changes nothing, so that it holds after a restart too. */
  boolean isReading() {
    return header.startsWith("query") || header.equals("explain");
  }

  boolean sorts() {
    return header.equals("query rowsort");
  }

  /** What is run. */
  String sql() {
    return header.equals("explain") ? "EXPLAIN " + text : text;
  }

  SltRecord with(String newHeader, List<String> newExpected) {
    return new SltRecord(line, newHeader, text, newExpected);
  }
}

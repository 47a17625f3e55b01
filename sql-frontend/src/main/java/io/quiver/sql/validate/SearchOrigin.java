package io.quiver.sql.validate;

import io.quiver.sql.problem.SqlPosition;

/**
 * Where a search was written; travels through Calcite as the text of a literal.
 *
 * @param block number of the query block in whose FROM it stands
 * @param position of the call
 */
public record SearchOrigin(int block, SqlPosition position) {
  String encode() {
    return String.join(
        ":",
        Integer.toString(block),
        Integer.toString(position.line()),
        Integer.toString(position.column()),
        Integer.toString(position.endLine()),
        Integer.toString(position.endColumn()));
  }

  /** Reads what {@code encode} wrote. */
  public static SearchOrigin decode(String text) {
    String[] parts = text.split(":", -1);
    return new SearchOrigin(
        Integer.parseInt(parts[0]),
        new SqlPosition(
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]),
            Integer.parseInt(parts[3]),
            Integer.parseInt(parts[4])));
  }
}

package io.quiver.sql.problem;

import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A stretch of the statement's text. Lines and columns count from 1, columns in UTF-16 units; the
 * end belongs to it.
 */
public record SqlPosition(int line, int column, int endLine, int endColumn) {
  public SqlPosition {
    if (line < 1 || column < 1 || endLine < line || (endLine == line && endColumn < column)) {
      throw new IllegalArgumentException(
          "Invalid position: " + line + ":" + column + " to " + endLine + ":" + endColumn);
    }
  }

  /** A single character. */
  public static SqlPosition at(int line, int column) {
    return new SqlPosition(line, column, line, column);
  }

  /** Where a node of the tree stands; the start of the text for a node that was made, not read. */
  public static SqlPosition of(SqlParserPos position) {
    int line = Math.max(1, position.getLineNum());
    int column = Math.max(1, position.getColumnNum());
    int endLine = position.getEndLineNum();
    int endColumn = position.getEndColumnNum();
    if (endLine < line || (endLine == line && endColumn < column)) {
      return at(line, column);
    }
    return new SqlPosition(line, column, endLine, endColumn);
  }
}

package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code COMMENT ON TABLE|COLUMN|INDEX|VIEW|SCHEMA name IS 'text'|NULL}.
 *
 * @param comment null removes the comment
 */
public record CommentOn(Target target, SqlIdentifier name, @Nullable String comment)
    implements Command {
  /** What is commented on. */
  public enum Target {
    SCHEMA,
    TABLE,
    COLUMN,
    INDEX,
    VIEW
  }

  @Override
  public String statementName() {
    return "COMMENT ON";
  }
}

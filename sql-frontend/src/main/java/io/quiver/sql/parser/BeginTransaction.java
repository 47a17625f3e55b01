package io.quiver.sql.parser;

import org.jspecify.annotations.Nullable;

/**
 * {@code BEGIN}, {@code START TRANSACTION}, with modes.
 *
 * @param isolation such as {@code REPEATABLE READ}; null where none is asked for
 */
public record BeginTransaction(@Nullable String isolation, boolean readOnly) implements Command {
  @Override
  public String statementName() {
    return "BEGIN";
  }
}

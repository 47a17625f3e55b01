package io.quiver.sql.parser;

import org.jspecify.annotations.Nullable;

/**
 * {@code SET TRANSACTION}, with modes.
 *
 * @param isolation such as {@code REPEATABLE READ}; null where none is asked for
 * @param readOnly null where nothing is said of it
 */
public record SetTransaction(@Nullable String isolation, @Nullable Boolean readOnly)
    implements Command {
  @Override
  public String statementName() {
    return "SET TRANSACTION";
  }
}

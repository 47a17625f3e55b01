package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code SHOW name|ALL}.
 *
 * @param name null for all
 */
public record ShowSetting(@Nullable SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "SHOW";
  }
}

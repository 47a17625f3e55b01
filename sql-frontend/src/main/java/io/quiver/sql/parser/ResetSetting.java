package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code RESET name|ALL}, {@code ALTER SESSION|SYSTEM RESET name|ALL}.
 *
 * @param name null for all
 */
public record ResetSetting(SettingScope scope, @Nullable SqlIdentifier name) implements Command {
  @Override
  public String statementName() {
    return "RESET";
  }
}

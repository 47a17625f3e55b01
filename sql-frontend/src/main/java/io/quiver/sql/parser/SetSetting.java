package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code SET [LOCAL|SESSION] name = value}, {@code SET name TO value}, {@code ALTER SESSION|SYSTEM
 * SET name = value}.
 *
 * @param name may have a prefix, such as {@code hnsw.ef_search}
 * @param value as text; null for {@code DEFAULT}
 */
public record SetSetting(SettingScope scope, SqlIdentifier name, @Nullable String value)
    implements Command {
  @Override
  public String statementName() {
    return "SET";
  }
}

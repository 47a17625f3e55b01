package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [UNIQUE] [VECTOR] INDEX [CONCURRENTLY] [IF NOT EXISTS] [name] ON table [USING
 * method] (keys) [WITH (options)]}.
 *
 * @param name null where the system is to choose one
 * @param vector whether it said {@code VECTOR}
 * @param method what {@code USING} names; null without it
 */
public record CreateIndex(
    @Nullable SqlIdentifier name,
    SqlIdentifier table,
    boolean ifNotExists,
    boolean unique,
    boolean vector,
    @Nullable SqlIdentifier method,
    List<IndexKeyClause> keys,
    List<OptionClause> options)
    implements Command {
  public CreateIndex {
    keys = List.copyOf(keys);
    options = List.copyOf(options);
  }

  @Override
  public String statementName() {
    return "CREATE INDEX";
  }
}

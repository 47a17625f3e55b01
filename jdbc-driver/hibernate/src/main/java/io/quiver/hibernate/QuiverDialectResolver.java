package io.quiver.hibernate;

import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolver;
import org.jspecify.annotations.Nullable;

/** Finds the dialect by what the driver calls the database, so that nobody has to name it. */
public final class QuiverDialectResolver implements DialectResolver {
  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Dialect resolveDialect(DialectResolutionInfo info) {
    return "Quiver".equals(info.getDatabaseName()) ? new QuiverDialect(info) : null;
  }
}

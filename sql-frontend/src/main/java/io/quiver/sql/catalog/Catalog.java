package io.quiver.sql.catalog;

import io.quiver.engine.LogSubscriber;
import java.util.List;

/**
 * The definitions of a database: the log's second reader.
 *
 * <p>A definition statement encodes its change, commits it through the engine, and finds it applied
 * here when the commit returns. Safe for use by many threads.
 */
public interface Catalog extends LogSubscriber, AutoCloseable {
  /** All definitions as of the last change applied. */
  CatalogSnapshot current();

  /** The change as a log record that {@link #apply} understands. */
  byte[] encode(CatalogChange change);

  /** Tables about tables, such as {@code information_schema.columns}. */
  List<SystemTable> systemTables();

  /** Adds tables about the running database, before the first statement is planned. */
  void add(List<SystemTable> more);

  @Override
  void close();
}

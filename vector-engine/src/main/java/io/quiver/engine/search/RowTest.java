package io.quiver.engine.search;

import org.jspecify.annotations.Nullable;

/** A condition on some values of a row. Called from several threads at once. */
@FunctionalInterface
public interface RowTest {
  /**
   * Whether the row qualifies.
   *
   * @param values of the columns asked for, null where absent; valid during the call only
   */
  boolean holds(@Nullable Object[] values);
}

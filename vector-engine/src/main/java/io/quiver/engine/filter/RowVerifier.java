package io.quiver.engine.filter;

/** Tests a filter on single rows. For one thread. */
@FunctionalInterface
public interface RowVerifier {
  boolean matches(int row);
}

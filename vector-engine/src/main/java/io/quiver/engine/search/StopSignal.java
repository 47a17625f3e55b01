package io.quiver.engine.search;

/** Asked every thousand rows or so by everything that may take long. */
@FunctionalInterface
public interface StopSignal {
  /** Never stops. */
  StopSignal NEVER = () -> {};

  /** Throws {@link SearchStoppedException} when the caller no longer wants the answer. */
  void check();
}

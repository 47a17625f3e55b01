package io.quiver.engine;

/** The door of the engine. */
public final class VectorEngine {
  private VectorEngine() {}
}

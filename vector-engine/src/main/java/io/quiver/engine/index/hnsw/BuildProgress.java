package io.quiver.engine.index.hnsw;

/** Hears how far a build has come. */
@FunctionalInterface
public interface BuildProgress {
  /** Hears nothing. */
  BuildProgress IGNORED = rows -> {};

  /**
   * Called now and then on the thread that builds, and at the end.
   *
   * <p>An exception thrown here stops the build and comes out of it.
   *
   * @param rows how many are in the graph
   */
  void indexed(int rows);
}

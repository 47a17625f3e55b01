package io.quiver.engine;

import io.quiver.engine.search.CollectionView;

/**
 * Every collection at one position of the log, so that a join never sees half a commit.
 *
 * <p>Pins the files it reads until it is closed.
 */
public interface Snapshot extends AutoCloseable {
  /** Position of the last commit that is visible here. */
  long position();

  /** The collection with this id; throws {@link IllegalArgumentException} if there is none. */
  CollectionView collection(long id);

  @Override
  void close();
}

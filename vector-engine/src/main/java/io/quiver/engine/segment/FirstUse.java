package io.quiver.engine.segment;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something read from a file when it is first used, and verified then. Who asks meanwhile waits;
 * what reading throws is thrown to everyone who asks. Safe for use by many threads.
 */
final class FirstUse<T> {
  private final Supplier<T> reading;
  private volatile @Nullable T read;

  FirstUse(Supplier<T> reading) {
    this.reading = reading;
  }

  T get() {
    T known = read;
    return known == null ? readOnce() : known;
  }

  private synchronized T readOnce() {
    T known = read;
    if (known == null) {
      known = reading.get();
      read = known;
    }
    return known;
  }
}

package io.quiver.engine.io;

import java.io.IOException;

/** The lock file of a database is held by someone else. */
public final class StoreLockedException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreLockedException(String message) {
    super(message);
  }
}

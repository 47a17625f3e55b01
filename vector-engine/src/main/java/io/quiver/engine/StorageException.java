package io.quiver.engine;

import org.jspecify.annotations.Nullable;

/**
 * A file could not be written or read: the disk is full, or failing, or the database is open
 * elsewhere. What was committed before stays committed.
 *
 * <p>The message names the file, what happened, and the remedy.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}

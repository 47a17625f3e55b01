package io.quiver.engine;

import org.jspecify.annotations.Nullable;

/**
 * A file does not hold what was written to it, or is of a version this engine does not know.
 *
 * <p>The message names the file, what was found, and the remedy.
 */
public final class CorruptDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptDataException(String message) {
    super(message);
  }

  public CorruptDataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

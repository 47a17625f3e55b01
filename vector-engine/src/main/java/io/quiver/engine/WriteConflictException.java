package io.quiver.engine;

/** A row that a batch expected unchanged was written since. Nothing was written; try again. */
public final class WriteConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WriteConflictException(String message) {
    super(message);
  }
}

package io.quiver.engine.log;

/** Records could not be appended, as on a full disk; the log is as it was before. */
public final class AppendFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public AppendFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.quiver.engine.log;

/**
 * The disk failed in a way that leaves unknown what it holds, as when a sync fails: the operating
 * system may have dropped the pages, so trying again would look like success and be none.
 */
public final class LogLostException extends Exception {
  private static final long serialVersionUID = 1L;

  public LogLostException(String message, Throwable cause) {
    super(message, cause);
  }
}

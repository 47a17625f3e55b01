package io.quiver.planner.transfer;

/** One row of a file cannot be read; the next call to the reader gives the row after it. */
public final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long number;

  /**
   * @param number of the line it begins on, or of the row in a binary file; from 1
   */
  public BadRowException(long number, String message) {
    super(message);
    this.number = number;
  }

  public long number() {
    return number;
  }
}

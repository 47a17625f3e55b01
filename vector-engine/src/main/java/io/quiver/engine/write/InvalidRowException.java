package io.quiver.engine.write;

/** A row does not fit its schema. Nothing was written. */
public final class InvalidRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for the layer above to choose its words and code. */
  public enum Reason {
    WRONG_CLASS,
    ABSENT_VALUE,
    WRONG_DIMENSION,
    NOT_FINITE,
    ZERO_VECTOR,
    OUT_OF_RANGE
  }

  private final Reason reason;
  private final int row;
  private final String column;

  public InvalidRowException(Reason reason, int row, String column, String message) {
    super(message);
    this.reason = reason;
    this.row = row;
    this.column = column;
  }

  public Reason reason() {
    return reason;
  }

  /** Position of the row in its batch, from 0. */
  public int row() {
    return row;
  }

  public String column() {
    return column;
  }
}

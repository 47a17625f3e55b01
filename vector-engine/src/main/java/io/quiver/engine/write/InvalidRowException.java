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
  private final String what;

  /**
   * @param row position in its batch, from 0
   * @param what is the case with the column's value, such as {@code has no value}
   */
  public InvalidRowException(Reason reason, int row, String column, String what) {
    super("Row " + (row + 1) + ", column \"" + column + "\" " + what);
    this.reason = reason;
    this.row = row;
    this.column = column;
    this.what = what;
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

  /** What is the case with the column's value, to be read after its name. */
  public String what() {
    return what;
  }
}

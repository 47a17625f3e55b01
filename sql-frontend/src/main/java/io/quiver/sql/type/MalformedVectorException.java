package io.quiver.sql.type;

/** A value that does not read as a vector. The message says what is wrong with it. */
public final class MalformedVectorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for the layer above to choose its code. */
  public enum Reason {
    /** The text or the bytes are not in a form that is known. */
    SYNTAX,
    /** A component is NaN or infinite. */
    NOT_FINITE,
    /** The number of components differs from the declared one. */
    DIMENSIONS,
    /** The class of the value is not one that can hold a vector. */
    WRONG_CLASS
  }

  private final Reason reason;
  private final int position;

  MalformedVectorException(Reason reason, int position, String message) {
    super(message);
    this.reason = reason;
    this.position = position;
  }

  public Reason reason() {
    return reason;
  }

  /** Character of the text at which reading failed, from 1; 0 where there is none. */
  public int position() {
    return position;
  }
}

package io.quiver.engine;

import java.util.Arrays;

/** A row that a batch expected unchanged was written since. Nothing was written; try again. */
public final class WriteConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String collection;
  private final Object[] key;

  /** A conflict that is not about one row. */
  public WriteConflictException(String message) {
    super(message);
    this.collection = "";
    this.key = new Object[0];
  }

  /** A row was written by another commit. */
  public WriteConflictException(String collection, Object[] key) {
    super(
        "Row "
            + Arrays.toString(key)
            + " of collection "
            + collection
            + " was written by another commit meanwhile");
    this.collection = collection;
    this.key = key.clone();
  }

  /** Name of the collection whose row it is; empty if it is not about one row. */
  public String collection() {
    return collection;
  }

  /** The row's key. */
  public Object[] key() {
    return key.clone();
  }
}

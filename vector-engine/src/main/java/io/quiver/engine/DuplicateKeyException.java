package io.quiver.engine;

/** A row that a batch expected absent is there. Nothing was written. */
public final class DuplicateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String collection;
  private final Object[] key;
  private final int row;

  /**
   * @param key the values of the key that is there already
   * @param row position in the batch of the change refused, from 0
   */
  public DuplicateKeyException(String collection, Object[] key, int row) {
    super("Collection " + collection + " has a row with key " + java.util.Arrays.toString(key));
    this.collection = collection;
    this.key = key.clone();
    this.row = row;
  }

  public String collection() {
    return collection;
  }

  public Object[] key() {
    return key.clone();
  }

  public int row() {
    return row;
  }
}

package io.quiver.engine.schema;

/** How one component of a dense vector is stored. Values cross the border as {@code float}. */
public enum VectorElement {
  /** IEEE single precision. */
  FLOAT32(4),
  /** IEEE half precision; a value is rounded when it is written. */
  FLOAT16(2),
  /** Whole numbers from -127 to 127, no scaling. */
  INT8(1);

  private final int bytes;

  VectorElement(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one component. */
  public int bytes() {
    return bytes;
  }
}

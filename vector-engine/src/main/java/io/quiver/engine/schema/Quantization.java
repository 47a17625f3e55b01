package io.quiver.engine.schema;

/** The codes a graph walk reads in place of full vectors; results are rescored in full. */
public enum Quantization {
  /** The smallest codes for which recall holds on the segment's own rows. */
  AUTO,
  /** Full vectors. */
  NONE,
  /** One byte a component. */
  INT8,
  /** Half a byte a component. */
  INT4,
  /** One bit a component, rotated (RaBitQ). */
  BIT
}

package io.quiver.engine.column;

/** What the parts of a sealed column mean; the numbers are in files. */
final class Encoding {
  /** One value of a fixed width a row. */
  static final int FIXED = 1;

  /** Offsets and bytes. */
  static final int PLAIN = 2;

  /** Codes into a sorted dictionary. */
  static final int DICTIONARY = 3;

  /** Unscaled decimals of one scale. */
  static final int COMMON_SCALE = 4;

  /** Decimals with a scale each. */
  static final int MIXED_SCALE = 5;

  /** Offsets and elements. */
  static final int LIST = 6;

  private Encoding() {}
}

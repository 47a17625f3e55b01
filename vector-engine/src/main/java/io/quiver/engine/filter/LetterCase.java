package io.quiver.engine.filter;

/**
 * How case is ignored, character by character, by whoever compares text: a condition means the same
 * within a search and above it.
 */
public final class LetterCase {
  private LetterCase() {}

  /**
   * The character that stands for all that differ from it by case alone.
   *
   * @param character a code point
   */
  public static int fold(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}

package io.quiver.examples.text;

/**
 * A piece of a text that is found as one.
 *
 * @param heading the headings above it, outermost first, such as {@code Install > From source}
 */
public record Passage(String heading, String content) {
  /** What the model reads: a passage alone often does not say what it is about. */
  public String withHeading() {
    return heading.isEmpty() ? content : heading + "\n" + content;
  }
}

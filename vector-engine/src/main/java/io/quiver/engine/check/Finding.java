package io.quiver.engine.check;

/**
 * One thing a check found.
 *
 * @param message a sentence that names the file and what was found, and one that says what to do
 */
public record Finding(Severity severity, String message) {
  /** Whether anything is lost. */
  public enum Severity {
    /** What was written is not there as it was. */
    DAMAGE,
    /** Nothing is lost, but a person may want to know. */
    NOTE
  }
}

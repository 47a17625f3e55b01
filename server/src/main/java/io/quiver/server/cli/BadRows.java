package io.quiver.server.cli;

import java.io.PrintStream;

/** The rows of a file that could not be loaded: told as they come, up to a bound. */
final class BadRows {
  private final PrintStream out;
  private final String file;
  private final int bound;
  private long count;

  /**
   * @param bound how many are borne; one more ends the import
   */
  BadRows(PrintStream out, String file, int bound) {
    this.out = out;
    this.file = file;
    this.bound = bound;
  }

  /**
   * Tells of one.
   *
   * @throws CommandFailure if there are too many
   */
  void add(long number, String reason) {
    count++;
    out.println(file + ":" + number + ": " + reason);
    if (count > bound) {
      throw new CommandFailure(
          "More than %d bad rows; rows loaded before are in the table. Remedy: --max-bad N"
              .formatted(bound));
    }
  }

  long count() {
    return count;
  }
}

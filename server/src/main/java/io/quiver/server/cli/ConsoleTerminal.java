package io.quiver.server.cli;

/** Whether a person is watching. */
final class ConsoleTerminal {
  private ConsoleTerminal() {}

  /** True if both standard input and standard output are a terminal. */
  // The check says that there always is a console; with java.base's own provider there is not.
  @SuppressWarnings("SystemConsoleNull")
  static boolean isAttended() {
    return System.console() != null && System.console().isTerminal();
  }
}

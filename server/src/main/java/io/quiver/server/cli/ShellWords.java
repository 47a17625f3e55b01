package io.quiver.server.cli;

import java.util.Locale;

/** What people type out of habit from other shells, in sqlline's words. */
final class ShellWords {
  private ShellWords() {}

  /** The command that a whole line means, or the line as it is. */
  static String translated(String line) {
    String word = line.strip().toLowerCase(Locale.ROOT);
    if (word.endsWith(";")) {
      word = word.substring(0, word.length() - 1).stripTrailing();
    }
    return switch (word) {
      case "exit", "quit", "\\q" -> "!quit";
      case "help", "\\?", "\\h" -> "!help";
      case "\\d", "\\dt" -> "!tables";
      default -> line;
    };
  }
}

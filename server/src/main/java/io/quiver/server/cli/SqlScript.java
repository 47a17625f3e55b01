package io.quiver.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script into statements at the semicolons that stand outside quotes and comments. */
public final class SqlScript {
  private final String text;
  private int at;

  /**
   * A statement of a script.
   *
   * @param text as it was written, with its comments and without the semicolon
   * @param line of the script on which the text begins, from 1
   */
  public record Part(String text, int line) {}

  private SqlScript(String text) {
    this.text = text;
  }

  /** The statements in their order; what holds nothing but comments and space is none. */
  public static List<Part> parts(String script) {
    SqlScript reader = new SqlScript(script);
    List<Part> parts = new ArrayList<>();
    int begin = 0;
    boolean saysSomething = false;
    while (reader.at < script.length()) {
      char next = script.charAt(reader.at);
      if (next == ';') {
        if (saysSomething) {
          parts.add(reader.part(begin, reader.at));
        }
        begin = reader.at + 1;
        saysSomething = false;
      } else if (!Character.isWhitespace(next) && !reader.isComment()) {
        saysSomething = true;
      }
      reader.step();
    }
    if (saysSomething) {
      parts.add(reader.part(begin, script.length()));
    }
    return parts;
  }

  private Part part(int begin, int end) {
    int first = begin;
    while (Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    int line = 1 + (int) text.substring(0, first).chars().filter(c -> c == '\n').count();
    return new Part(text.substring(first, end).stripTrailing(), line);
  }

  private boolean isComment() {
    return text.startsWith("--", at) || text.startsWith("/*", at);
  }

  /** Goes one character on, or over a whole quote or comment. */
  private void step() {
    if (text.startsWith("--", at)) {
      skipTo("\n", 2);
    } else if (text.startsWith("/*", at)) {
      skipTo("*/", 2);
    } else if (text.charAt(at) == '\'' || text.charAt(at) == '"') {
      skipTo(text.substring(at, at + 1), 1);
    } else {
      at++;
    }
  }

  private void skipTo(String end, int opening) {
    int found = text.indexOf(end, at + opening);
    at = found < 0 ? text.length() : found + end.length();
  }
}

package io.quiver.sql.type;

import io.quiver.sql.type.MalformedVectorException.Reason;

/** Walks over the text of a vector, of whichever kind. For one thread. */
final class VectorTextReader {
  private final String text;
  private int next;

  VectorTextReader(String text) {
    this.text = text;
  }

  /** The next character that is not white space, not consumed; 0 at the end. */
  char peek() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() ? text.charAt(next) : 0;
  }

  boolean accept(char expected) {
    if (peek() == expected) {
      next++;
      return true;
    }
    return false;
  }

  void expect(char expected) {
    if (!accept(expected)) {
      throw syntax("expected \"" + expected + "\"");
    }
  }

  void expectEnd() {
    if (peek() != 0) {
      throw syntax("expected the end");
    }
  }

  /** A double-quoted word without escapes. */
  String word() {
    expect('"');
    int start = next;
    while (next < text.length() && text.charAt(next) != '"') {
      next++;
    }
    String word = text.substring(start, next);
    expect('"');
    return word;
  }

  /** A finite number. */
  float number() {
    int start = numberStart();
    String digits = text.substring(start, next);
    float value;
    try {
      value = Float.parseFloat(digits);
    } catch (NumberFormatException e) {
      next = start;
      throw syntax("expected a number");
    }
    if (!Float.isFinite(value)) {
      throw new MalformedVectorException(
          Reason.NOT_FINITE,
          start + 1,
          "Invalid vector: " + digits + " at character " + (start + 1) + " is not a finite number");
    }
    return value;
  }

  /** A whole number from 0 to the largest int. */
  int index() {
    int start = numberStart();
    try {
      int value = Integer.parseInt(text.substring(start, next));
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    next = start;
    throw syntax("expected a whole number from 0 to " + Integer.MAX_VALUE);
  }

  private int numberStart() {
    peek();
    int start = next;
    while (next < text.length() && isNumeric(text.charAt(next))) {
      next++;
    }
    if (start == next) {
      throw syntax("expected a number");
    }
    return start;
  }

  /** Letters too, so that NaN and Infinity are named as what they are. */
  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '+'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z');
  }

  MalformedVectorException syntax(String problem) {
    String found = peek() == 0 ? "the end" : "\"" + text.charAt(next) + "\"";
    return new MalformedVectorException(
        Reason.SYNTAX,
        next + 1,
        "Invalid vector: " + problem + " at character " + (next + 1) + ", found " + found);
  }
}

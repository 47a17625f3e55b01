package io.quiver.sql.type;

import io.quiver.sql.type.MalformedVectorException.Reason;

/** Walks over the text of a vector, of whichever kind. For one thread. */
final class VectorTextReader {
  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

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

  /**
   * A finite number.
   *
   * <p>Most are a few digits and a point: their digits as a whole number, divided by a power of
   * ten, are a double rounded once (Clinger, PLDI 1990), which rounds to the right float unless it
   * lies half way between two. All others are left to the JDK.
   */
  float number() {
    peek();
    int at = next;
    int end = text.length();
    boolean negative = at < end && text.charAt(at) == '-';
    int i = negative ? at + 1 : at;
    long digits = 0;
    int count = 0;
    int point = -1;
    while (i < end) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = count;
      } else {
        break;
      }
      i++;
    }
    int decimals = point < 0 ? 0 : count - point;
    boolean ends = i < end && (text.charAt(i) == ',' || text.charAt(i) == ']');
    if (ends && count > 0 && count <= 18 && digits <= 1L << 53 && decimals < POWERS.length) {
      double value = digits / POWERS[decimals];
      boolean halfWay = (Double.doubleToRawLongBits(value) & 0x1FFF_FFFFL) == 0x1000_0000L;
      if (!halfWay && (value == 0 || value >= Float.MIN_NORMAL) && value < 1e38) {
        next = i;
        return (float) (negative ? -value : value);
      }
    }
    return slowNumber();
  }

  private float slowNumber() {
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

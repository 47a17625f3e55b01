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

  /** The text again: a loop over an array is twice as fast as one over a string. */
  private final char[] chars;

  private int next;

  VectorTextReader(String text) {
    this.text = text;
    this.chars = text.toCharArray();
  }

  /** The next character that is not white space, not consumed; 0 at the end. */
  char peek() {
    while (next < chars.length
        && chars[next] <= ' ' | chars[next] > 0x7F
        && Character.isWhitespace(chars[next])) {
      next++;
    }
    return next < chars.length ? chars[next] : 0;
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
    char[] all = chars;
    int end = all.length;
    int i = next;
    boolean negative = i < end && all[i] == '-';
    if (negative) {
      i++;
    }
    int from = i;
    long digits = 0;
    while (i < end && isDigit(all[i])) {
      digits = digits * 10 + (all[i++] - '0');
    }
    int count = i - from;
    int decimals = 0;
    if (i < end && all[i] == '.') {
      int point = ++i;
      while (i < end && isDigit(all[i])) {
        digits = digits * 10 + (all[i++] - '0');
      }
      decimals = i - point;
      count += decimals;
    }
    if (i + 2 < end && all[i] == 'E' && all[i + 1] == '-' && isDigit(all[i + 2])) {
      decimals += all[i + 2] - '0';
      i += 3;
    }
    boolean ends = i < end && (all[i] == ',' || all[i] == ']');
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

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
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

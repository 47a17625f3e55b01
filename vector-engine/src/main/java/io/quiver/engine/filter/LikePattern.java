package io.quiver.engine.filter;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * SQL's LIKE over UTF-8, character by character in time linear in the string whatever the pattern.
 *
 * <p>The pattern is an automaton whose states are how many of its characters have been matched; all
 * states are followed at once, one bit each (Shift-And; Baeza-Yates and Gonnet, 1992). A {@code %}
 * lets the state before it stay.
 */
final class LikePattern {
  private static final int ASCII = 128;

  private final boolean ignoreCase;
  private final int length;
  private final int words;
  private final long[] stays;
  private final long[] any;
  private final long[][] ascii = new long[ASCII][];
  private final int[] others;
  private final long[][] otherSteps;

  /**
   * @param escape makes the next character literal; {@code '\0'} for none
   */
  LikePattern(String pattern, char escape, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    int[] characters = pattern.codePoints().toArray();
    int[] literals = new int[characters.length];
    boolean[] staying = new boolean[characters.length + 1];
    int count = 0;
    for (int i = 0; i < characters.length; i++) {
      int character = characters[i];
      if (escape != 0 && character == escape && i + 1 < characters.length) {
        literals[count++] = fold(characters[++i]);
      } else if (character == '%') {
        staying[count] = true;
      } else {
        literals[count++] = character == '_' ? -1 : fold(character);
      }
    }
    this.length = count;
    this.words = (count >>> 6) + 1;
    this.stays = new long[words];
    this.any = new long[words];
    for (int state = 0; state <= count; state++) {
      if (staying[state]) {
        set(stays, state);
      }
      if (state < count && literals[state] < 0) {
        set(any, state);
      }
    }
    this.others =
        Arrays.stream(literals, 0, count).filter(c -> c >= ASCII).sorted().distinct().toArray();
    this.otherSteps = new long[others.length][];
    for (int c = 0; c < ASCII; c++) {
      ascii[c] = steps(literals, count, fold(c));
    }
    for (int i = 0; i < others.length; i++) {
      otherSteps[i] = steps(literals, count, others[i]);
    }
  }

  private int fold(int character) {
    return ignoreCase ? LetterCase.fold(character) : character;
  }

  /** The states a character leads on from. */
  private long[] steps(int[] literals, int count, int character) {
    long[] steps = any.clone();
    for (int state = 0; state < count; state++) {
      if (literals[state] == character) {
        set(steps, state);
      }
    }
    return steps;
  }

  private static void set(long[] bits, int bit) {
    bits[bit >>> 6] |= 1L << (bit & 63);
  }

  private long[] stepsOf(int character) {
    if (character < ASCII) {
      return ascii[character];
    }
    int at = others.length == 0 ? -1 : Arrays.binarySearch(others, fold(character));
    if (at >= 0) {
      return otherSteps[at];
    }
    // Some letters beyond ASCII fold to one within it, such as the Kelvin sign to k.
    return ignoreCase && fold(character) < ASCII ? ascii[fold(character)] : any;
  }

  boolean matches(MemorySegment bytes, long offset, int length) {
    return words == 1 ? matchesShort(bytes, offset, length) : matchesLong(bytes, offset, length);
  }

  private boolean matchesShort(MemorySegment bytes, long offset, int byteLength) {
    long states = 1;
    long end = offset + byteLength;
    long accept = 1L << length;
    for (long at = offset; at < end && states != 0; ) {
      int following = following(bytes, at, end);
      long steps = stepsOf(characterAt(bytes, at, following))[0];
      at += 1 + following;
      states = ((states & steps) << 1) | (states & stays[0]);
      if ((states & accept & stays[0]) != 0) {
        return true;
      }
    }
    return (states & accept) != 0;
  }

  private boolean matchesLong(MemorySegment bytes, long offset, int byteLength) {
    long[] states = new long[words];
    states[0] = 1;
    long end = offset + byteLength;
    for (long at = offset; at < end; ) {
      int following = following(bytes, at, end);
      long[] steps = stepsOf(characterAt(bytes, at, following));
      at += 1 + following;
      if (!advance(states, steps)) {
        return false;
      }
    }
    return (states[length >>> 6] >>> (length & 63) & 1) != 0;
  }

  /** Takes a character; false if no state is left. */
  private boolean advance(long[] states, long[] steps) {
    long carry = 0;
    long alive = 0;
    for (int word = 0; word < words; word++) {
      long moved = states[word] & steps[word];
      states[word] = (moved << 1) | carry | (states[word] & stays[word]);
      carry = moved >>> 63;
      alive |= states[word];
    }
    return alive != 0;
  }

  /** Bytes that follow the first of a character. */
  private static int following(MemorySegment bytes, long at, long end) {
    int first = bytes.get(LittleEndian.BYTE, at);
    int following = first >= -8 || first < -64 ? 0 : first < -32 ? 1 : first < -16 ? 2 : 3;
    return at + following < end ? following : 0;
  }

  /** Decodes a character; a byte that starts none reads as the replacement character. */
  private static int characterAt(MemorySegment bytes, long at, int following) {
    int first = bytes.get(LittleEndian.BYTE, at);
    if (following == 0) {
      return first >= 0 ? first : 0xFFFD;
    }
    int character = first & (0x3F >> following);
    for (int i = 1; i <= following; i++) {
      character = (character << 6) | (bytes.get(LittleEndian.BYTE, at + i) & 0x3F);
    }
    return character;
  }
}

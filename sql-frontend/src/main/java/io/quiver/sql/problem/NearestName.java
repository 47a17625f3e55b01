package io.quiver.sql.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name somebody probably meant.
 *
 * <p>Distance is the number of letters to insert, delete, replace or swap with their neighbour
 * (Damerau, 1964), upper and lower case being equal; a name further than a third of its length is
 * no suggestion.
 */
public final class NearestName {
  private NearestName() {}

  /** The nearest of the names, if one is near enough; the first in order among equals. */
  public static Optional<String> of(String wrong, Collection<String> names) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    int best = Math.max(1, Math.min(3, lower.length() / 3)) + 1;
    String nearest = null;
    for (String name : names) {
      if (Math.abs(name.length() - lower.length()) >= best) {
        continue;
      }
      int distance = distance(lower, name.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * A remedy: the nearest name, or else what to do in general.
   *
   * @param otherwise a whole sentence, used when no name is near
   */
  public static String remedy(String wrong, Collection<String> names, String otherwise) {
    return of(wrong, names).map(name -> "did you mean \"" + name + "\"?").orElse(otherwise);
  }

  /** Edits between two texts, a swap of neighbours being one. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(last[j], current[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = current;
      current = free;
    }
    return last[b.length()];
  }
}

package io.quiver.benchmarks.report;

import java.util.Locale;

/**
 * A figure that was promised, and the one that was reached.
 *
 * @param what it is about
 * @param who reached it
 * @param wanted the promise in words
 * @param wall what was reached by the wall clock, NaN where it could not be told
 * @param cpu the same by processor time, NaN where that means nothing
 * @param met whether the promise is kept: by processor time where there is one, for it is steadier
 */
record Target(String what, String who, String wanted, double wall, double cpu, boolean met) {
  /** Said of a ratio to a peer at its greatest effort, where it does not reach the recall. */
  static final String BEYOND = ", which it does not reach: at least";

  /** At least so many times something else. */
  static Target atLeast(String what, String who, double wanted, double wall, double cpu) {
    double judged = Double.isNaN(cpu) ? wall : cpu;
    return new Target(what, who, "at least " + plain(wanted), wall, cpu, judged >= wanted);
  }

  /** At most so many times something else. */
  static Target atMost(String what, String who, double wanted, double wall, double cpu) {
    double judged = Double.isNaN(cpu) ? wall : cpu;
    return new Target(what, who, "at most " + plain(wanted), wall, cpu, judged <= wanted);
  }

  String row() {
    boolean told = !Double.isNaN(wall) || !Double.isNaN(cpu);
    return "| "
        + what
        + " | "
        + who
        + " | "
        + wanted
        + " | "
        + plain(wall)
        + " | "
        + plain(cpu)
        + " | "
        + (!told ? "not told" : met ? "met" : "**missed**")
        + " |";
  }

  static String plain(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    String text = String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}

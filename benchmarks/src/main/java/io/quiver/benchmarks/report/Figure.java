package io.quiver.benchmarks.report;

/**
 * One thing measured.
 *
 * @param contender who
 * @param measure what, such as {@code search} or {@code build}
 * @param cell which case of it, such as {@code 2 threads} or {@code random 1 %}
 * @param effort size of the candidate list, 0 where there is none
 * @param recall recall@10 reached, -1 where it was not asked
 * @param value by the wall clock
 * @param cpu the same by processor time, -1 where it means nothing
 * @param unit of value and cpu
 */
public record Figure(
    String contender,
    String measure,
    String cell,
    int effort,
    double recall,
    double value,
    double cpu,
    String unit) {
  /** A figure without effort, recall or processor time. */
  public static Figure of(
      String contender, String measure, String cell, double value, String unit) {
    return new Figure(contender, measure, cell, 0, -1, value, -1, unit);
  }
}

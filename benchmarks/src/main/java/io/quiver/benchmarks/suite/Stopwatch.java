package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.measure.CpuClock;
import io.quiver.benchmarks.report.Figure;

/** Times one long piece of work, by the wall and by the processor time of the whole process. */
final class Stopwatch {
  private final String contender;
  private final String measure;
  private final String cell;
  private final long wall = System.nanoTime();
  private final long cpu = CpuClock.process();

  Stopwatch(String contender, String measure, String cell) {
    this.contender = contender;
    this.measure = measure;
    this.cell = cell;
  }

  /** Seconds since it was made. */
  Figure stop() {
    return new Figure(
        contender,
        measure,
        cell,
        0,
        -1,
        (System.nanoTime() - wall) / 1e9,
        (CpuClock.process() - cpu) / 1e9,
        "s");
  }
}

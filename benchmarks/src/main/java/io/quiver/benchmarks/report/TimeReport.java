package io.quiver.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Filling and inserting: seconds against Lucene's. */
final class TimeReport implements SuiteReport {
  private final String measure;
  private final String who;
  private final double wanted;

  TimeReport(String measure, String who, double wanted) {
    this.measure = measure;
    this.who = who;
    this.wanted = wanted;
  }

  @Override
  public List<Target> targets(SuiteResult result) {
    Figure ours = null;
    Figure theirs = null;
    for (Figure figure : result.figures()) {
      if (figure.measure().equals(measure)) {
        ours = figure.contender().equals(who) ? figure : ours;
        theirs = figure.contender().equals("Lucene float") ? figure : theirs;
      }
    }
    List<Target> targets = new ArrayList<>();
    if (ours != null && theirs != null) {
      targets.add(
          Target.atMost(
              measure + ", " + ours.cell() + ": time against Lucene float",
              who,
              wanted,
              ours.value() / theirs.value(),
              ours.cpu() / theirs.cpu()));
    }
    return targets;
  }

  @Override
  public String tables(SuiteResult result) {
    return PlainReport.table(result.figures());
  }
}

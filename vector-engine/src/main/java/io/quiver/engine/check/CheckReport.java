package io.quiver.engine.check;

import java.util.List;

/**
 * What a check looked at and found.
 *
 * @param collections there are, with their segments and the rows in these, deleted ones among them
 * @param records of the log that a next opening will apply
 */
public record CheckReport(
    List<Finding> findings, int collections, int segments, long rows, long records) {
  /** Whether anything is damaged. */
  public boolean isDamaged() {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
  }
}

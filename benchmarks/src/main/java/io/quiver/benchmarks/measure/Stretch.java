package io.quiver.benchmarks.measure;

import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A stretch of time in which one contender did one thing, for the flight recorder: a profile of the
 * whole suite can be told apart by them. Costs next to nothing while nothing is recorded.
 */
@Name(Stretch.NAME)
@Label("Stretch of a benchmark")
@StackTrace(false)
public final class Stretch extends Event {
  public static final String NAME = "io.quiver.benchmarks.Stretch";

  @Label("Contender")
  public final String contender;

  @Label("Case")
  public final String cell;

  @Label("Effort")
  public final int effort;

  private Stretch(String contender, String cell, int effort) {
    this.contender = contender;
    this.cell = cell;
    this.effort = effort;
  }

  /**
   * Begins one; {@link #commit} ends it.
   *
   * @param effort size of the candidate list, 0 where there is none
   */
  public static Stretch of(String contender, String cell, int effort) {
    Stretch stretch = new Stretch(contender, cell, effort);
    stretch.begin();
    return stretch;
  }
}

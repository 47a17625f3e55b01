package io.quiver.engine.filter;

import java.util.Comparator;
import java.util.List;

/** All of some conditions, or at least one of them; cheap ones are tested first. */
final class Compound extends Condition {
  private final boolean all;
  private final List<Condition> parts;

  Compound(boolean all, List<Condition> parts) {
    this.all = all;
    this.parts = parts.stream().sorted(Comparator.comparingInt(Condition::cost)).toList();
  }

  /** Whether all parts must hold, as against one. */
  boolean isAll() {
    return all;
  }

  /** Cheap ones first. */
  List<Condition> parts() {
    return parts;
  }

  @Override
  boolean holds(int row) {
    for (Condition part : parts) {
      if (part.holds(row) != all) {
        return !all;
      }
    }
    return all;
  }

  @Override
  int cost() {
    long sum = 0;
    for (Condition part : parts) {
      sum += part.cost();
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }
}

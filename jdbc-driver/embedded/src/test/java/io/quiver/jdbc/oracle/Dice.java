package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The throws of one seed, and the names of the tables whose columns may be read. */
final class Dice {
  private final SplittableRandom random;
  private final List<String> scope = new ArrayList<>();

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From now on these are the tables, whose columns are qualified by them. */
  void over(String... tables) {
    scope.clear();
    scope.addAll(List.of(tables));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A column of this name of any table that is there. */
  String column(String name) {
    return scope.get(random.nextInt(scope.size())) + "." + name;
  }
}

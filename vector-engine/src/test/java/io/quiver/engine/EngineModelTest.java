package io.quiver.engine;

import org.junit.jupiter.api.Test;

/** {@code -Dquiver.seeds=2000} runs more seeds, {@code -Dquiver.seed=7} one of them. */
class EngineModelTest {
  private static final int OPERATIONS = 120;

  @Test
  void everyAcknowledgedCommitSurvivesReopeningAndPowerCuts() {
    String one = System.getProperty("quiver.seed", "");
    int count = Integer.getInteger("quiver.seeds", 40);
    long from = one.isEmpty() ? 0 : Long.parseLong(one);
    for (long seed = from; seed < from + (one.isEmpty() ? count : 1); seed++) {
      EngineModel model = new EngineModel(seed);
      try {
        model.run(OPERATIONS);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "Seed "
                + seed
                + " fails; replay it with -Dquiver.seed="
                + seed
                + "\n"
                + model.history(),
            e);
      }
    }
  }
}

package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.io.FaultyFiles;
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

  /** The control: a model that cannot fail shows nothing. */
  @Test
  void diskThatOnlySaysItHasSyncedIsCaught() {
    int seeds = 10;
    int caught = 0;
    for (long seed = 0; seed < seeds; seed++) {
      FaultyFiles files = new FaultyFiles(seed);
      EngineModel model = new EngineModel(seed, files);
      files.syncsLie();
      try {
        model.run(OPERATIONS);
      } catch (CorruptDataException | StorageException | AssertionError e) {
        caught++;
        try {
          model.abandon();
        } catch (StorageException broken) {
          assertThat(broken).message().contains("was not closed cleanly");
        }
      }
    }
    assertThat(caught).isGreaterThan(seeds / 2);
  }
}

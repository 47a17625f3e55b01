package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.SearchMode;
import org.junit.jupiter.api.Test;

class WalkPlanTest {
  @Test
  void fewRowsAreScanned() {
    assertThat(WalkPlan.of(1_000, 16, 1_000, 100).mode()).isEqualTo(SearchMode.SCAN);
    assertThat(WalkPlan.of(10_000_000, 16, 1, 100).mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void manyRowsAreWalked() {
    assertThat(WalkPlan.of(60_000, 16, 60_000, 100).mode()).isEqualTo(SearchMode.GRAPH);
    assertThat(WalkPlan.of(10_000_000, 16, 10_000_000, 500).mode()).isEqualTo(SearchMode.GRAPH);
  }

  @Test
  void anEffortNearTheNumberOfRowsIsAScan() {
    assertThat(WalkPlan.of(60_000, 16, 60_000, 30_000).mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void aWideFilterIsSweptThrough() {
    assertThat(WalkPlan.of(60_000, 16, 30_000, 100).mode()).isEqualTo(SearchMode.SWEEP);
    assertThat(WalkPlan.of(1_000_000, 16, 990_000, 100).mode()).isEqualTo(SearchMode.SWEEP);
  }

  @Test
  void aNarrowerFilterOverManyRowsIsCrossedInTwoHops() {
    WalkPlan plan = WalkPlan.of(3_000_000, 16, 300_000, 40);

    assertThat(plan.mode()).isEqualTo(SearchMode.TWO_HOP);
    assertThat(plan.candidates()).isEqualTo(80);
  }

  @Test
  void aFilterTooNarrowForTwoHopsIsScanned() {
    assertThat(WalkPlan.of(1_000_000, 16, 20_000, 100).mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void aWalkMayCostHalfAScan() {
    assertThat(WalkPlan.of(60_000, 16, 30_000, 100).budget())
        .isEqualTo((long) (WalkPlan.SCAN_COST * 15_000));
  }
}

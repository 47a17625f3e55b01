package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.SearchMode;
import org.junit.jupiter.api.Test;

class WalkPlanTest {
  private static WalkPlan plan(int nodes, int qualifying, int ef) {
    return new WalkPlan(nodes, 16, qualifying, Math.min(10, qualifying), ef);
  }

  @Test
  void fewRowsAreScanned() {
    assertThat(plan(1_000, 1_000, 100).mode()).isEqualTo(SearchMode.SCAN);
    assertThat(plan(10_000_000, 1, 100).mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void manyRowsAreWalked() {
    assertThat(plan(60_000, 60_000, 100).mode()).isEqualTo(SearchMode.GRAPH);
    assertThat(plan(10_000_000, 10_000_000, 500).mode()).isEqualTo(SearchMode.GRAPH);
  }

  @Test
  void anEffortNearTheNumberOfRowsIsAScan() {
    assertThat(plan(60_000, 60_000, 30_000).mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void aWideFilterIsSweptThroughUnlessItLeavesOutTheSurroundings() {
    WalkPlan plan = plan(60_000, 30_000, 100);
    assertThat(plan.mode()).isEqualTo(SearchMode.SWEEP);
    assertThat(plan.sweeps(256, 128)).isTrue();
    assertThat(plan.sweeps(256, 2)).isFalse();
  }

  @Test
  void aNarrowFilterIsSweptThroughWhereItFavoursTheSurroundings() {
    WalkPlan plan = plan(1_000_000, 20_000, 100);
    assertThat(plan.mode()).isEqualTo(SearchMode.SWEEP);
    assertThat(plan.sweeps(256, 2)).isFalse();
    assertThat(plan.sweeps(256, 200)).isTrue();
  }

  @Test
  void aFilterCheaperToScanThanToLookAtIsScanned() {
    assertThat(plan(1_000_000, 5_000, 100).mode()).isEqualTo(SearchMode.SCAN);
    assertThat(plan(60_000, 6_000, 100).mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void aWalkGoesFurtherTheFartherDownTheRowsAre() {
    WalkPlan plan = plan(60_000, 30_000, 100);
    assertThat(plan.beyond(10)).isEqualTo(120);
    assertThat(plan.beyond(20)).isEqualTo(130);
    assertThat(plan.beyond(200)).isEqualTo(120 + 2 * 190);
    assertThat(plan(60_000, 60_000, 100).beyond(15)).isEqualTo(90);
  }

  @Test
  void aWalkMayNotCostAScan() {
    assertThat(plan(60_000, 30_000, 100).budget())
        .isBetween((long) (WalkPlan.SCAN_COST * 15_000), (long) (WalkPlan.SCAN_COST * 30_000));
  }
}

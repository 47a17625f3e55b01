package io.quiver.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankKeyTest {
  @Test
  void keysAreOrderedByRankThenRow() {
    float[] ranks = {
      Float.NEGATIVE_INFINITY,
      -3e38f,
      -1,
      -Float.MIN_VALUE,
      0,
      Float.MIN_VALUE,
      1,
      3e38f,
      Float.POSITIVE_INFINITY,
      Float.intBitsToFloat(0xFFC00000)
    };
    long last = Long.MIN_VALUE;
    for (float rank : ranks) {
      for (int row : new int[] {0, 1, 1_000_000, Integer.MAX_VALUE}) {
        long key = RankKey.of(rank, row);
        assertThat(key).isGreaterThan(last).isLessThan(RankKey.FARTHEST);
        assertThat(RankKey.row(key)).isEqualTo(row);
        assertThat(RankKey.row(key | RankKey.MARK)).isEqualTo(row);
        assertThat(Float.compare(RankKey.rank(key), rank)).isZero();
        last = key;
      }
    }
  }
}

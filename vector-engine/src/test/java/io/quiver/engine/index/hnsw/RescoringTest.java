package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.RankKey;
import io.quiver.engine.kernel.RowScorer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RescoringTest {
  private static final int ROWS = 400;
  private static final int K = 10;

  /** Full ranks are the row's number; codes are off by a constant and by chance. */
  private static final class Numbers extends RowScorer {
    private int ranked;

    @Override
    public void query(float[] vector) {}

    @Override
    public void queryRow(int row) {}

    @Override
    public float stretched(float rank, float factor) {
      return rank * factor;
    }

    @Override
    public void ranks(int[] rows, int count, float[] ranks) {
      for (int i = 0; i < count; i++) {
        ranks[i] = rows[i];
      }
      ranked += count;
    }
  }

  @Test
  void theNearestAreFoundWithoutRankingAll() {
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 200; round++) {
      long[] keys = new long[ROWS];
      for (int row = 0; row < ROWS; row++) {
        keys[row] = RankKey.of((float) (row - 70 + 5 * random.nextGaussian()), row);
      }
      Arrays.sort(keys);
      Numbers full = new Numbers();

      int count = new Rescoring(full).run(keys, ROWS, K);

      assertThat(Arrays.stream(keys).limit(K).mapToInt(RankKey::row))
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThat(full.ranked).isEqualTo(count).isBetween(K, 100);
    }
  }

  @Test
  void atMostAsManyAsAllowedAreRankedAndFewerThanWantedAreAll() {
    long[] keys = new long[30];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = RankKey.of(-row, row);
    }
    Arrays.sort(keys);

    assertThat(new Rescoring(new Numbers()).run(keys, 13, K)).isEqualTo(13);
    assertThat(new Rescoring(new Numbers()).run(keys, 4, K)).isEqualTo(4);
    assertThat(new Rescoring(new Numbers()).run(keys, 0, K)).isZero();
  }
}

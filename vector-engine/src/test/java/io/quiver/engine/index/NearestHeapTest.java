package io.quiver.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearestHeapTest {
  @Test
  void keepsTheSmallestKeysOfAStream() {
    SplittableRandom random = new SplittableRandom(3);
    NearestHeap heap = new NearestHeap();
    for (int most : new int[] {1, 2, 63, 64, 65, 1_000, 5_000}) {
      long[] keys = random.longs(2_000).toArray();
      heap.reset(most);
      for (long key : keys) {
        heap.offer(key);
      }
      Arrays.sort(keys);
      int size = Math.min(most, keys.length);

      assertThat(heap.size()).isEqualTo(size);
      assertThat(heap.isFull()).isEqualTo(most <= keys.length);
      assertThat(Arrays.copyOf(heap.sorted(), size)).isEqualTo(Arrays.copyOf(keys, size));
    }
  }

  @Test
  void theBoundIsTheFarthestKeptOnceFull() {
    NearestHeap heap = new NearestHeap();
    heap.reset(2);
    heap.offer(5);
    assertThat(heap.bound()).isEqualTo(RankKey.FARTHEST);
    heap.offer(9);
    assertThat(heap.bound()).isEqualTo(9);
    heap.offer(7);
    assertThat(heap.bound()).isEqualTo(7);
  }
}

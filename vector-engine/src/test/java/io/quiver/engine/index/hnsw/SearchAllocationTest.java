package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A search leaves little behind but its answer, however far it goes. */
class SearchAllocationTest {
  private static final int SEARCHES = 1_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocationIsSmallAndDoesNotGrowWithEffort() {
    try (Arena arena = Arena.ofShared()) {
      OffHeapRows rows = new ClusteredVectors(5, 50, 64).rows(arena, 8_000, VectorElement.FLOAT32);
      IndexSpec.Hnsw spec =
          new IndexSpec.Hnsw("i", "v", DistanceMetric.COSINE, 16, 100, Quantization.AUTO);
      HnswIndex index = new HnswBuilder(rows, spec, 42, 1).build(arena, BuildProgress.IGNORED);
      RowBitmap half = new RowBitmap(8_000);
      for (int row = 0; row < 8_000; row += 2) {
        half.add(row);
      }
      for (RowBitmap allowed : new @Nullable RowBitmap[] {null, half}) {
        assertThat(allocatedOnceCompiled(index, rows, 50, allowed)).isLessThan(2_048);
        assertThat(allocatedOnceCompiled(index, rows, 400, allowed)).isLessThan(2_048);
      }
    }
  }

  /** Vector operations allocate until they are compiled, which takes some thousand searches. */
  private long allocatedOnceCompiled(
      HnswIndex index, OffHeapRows rows, int ef, @Nullable RowBitmap allowed) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 40 && least >= 2_048; round++) {
      least = Math.min(least, allocated(index, rows, ef, allowed));
    }
    return least;
  }

  /** Bytes a search. */
  private long allocated(HnswIndex index, OffHeapRows rows, int ef, @Nullable RowBitmap allowed) {
    float[][] queries = new float[20][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = rows.vector(i * 300);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < SEARCHES; i++) {
      var _ = index.search(DenseQuery.of(queries[i % 20], 10, ef).among(allowed, null));
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / SEARCHES;
  }
}

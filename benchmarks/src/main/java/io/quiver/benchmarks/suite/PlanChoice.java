package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.hnsw.BuildProgress;
import io.quiver.engine.index.hnsw.HnswBuilder;
import io.quiver.engine.index.hnsw.HnswIndex;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * How well a search chooses between scanning what a filter admits and sweeping through the graph:
 * each query both ways, and as it would be answered.
 */
final class PlanChoice {
  private static final int EFFORT = 100;

  /** The least of so many times of a query counts: what disturbs it is not the choice. */
  private static final int ROUNDS = 5;

  /** Scan, sweep, and what the index chooses. */
  private static final @Nullable SearchMode[] WAYS = {SearchMode.SCAN, SearchMode.SWEEP, null};

  private final HnswIndex index;

  /** Unit vectors of a set, as the engine reads them. */
  private record Units(io.quiver.benchmarks.data.VectorRows vectors) implements VectorRows {
    @Override
    public int rows() {
      return vectors.count();
    }

    @Override
    public boolean isNull(int row) {
      return false;
    }

    @Override
    public int dimension() {
      return vectors.dimension();
    }

    @Override
    public VectorElement element() {
      return VectorElement.FLOAT32;
    }

    @Override
    public int stride() {
      return vectors.dimension() * Float.BYTES;
    }

    @Override
    public int chunkShift() {
      return 31;
    }

    @Override
    public MemorySegment chunk(int chunk) {
      return vectors.floats();
    }

    @Override
    public long offset(int row) {
      return (long) row * stride();
    }

    @Override
    public float inverseNorm(int row) {
      return 1;
    }
  }

  PlanChoice(VectorSet set, int threads) {
    IndexSpec.Hnsw spec =
        new IndexSpec.Hnsw("i", "v", DistanceMetric.COSINE, 16, 100, Quantization.AUTO);
    this.index =
        new HnswBuilder(new Units(set.rows()), spec, 42, threads)
            .build(Arena.global(), BuildProgress.IGNORED);
  }

  /** One cell of the grid. */
  void measure(FilterCells.Cell cell, int[][] ranks, Findings findings) {
    RowBitmap admitted = bitmap(cell.filter(), ranks);
    float[][] queries = cell.asked().queries();
    double[] scan = new double[queries.length];
    double[] sweep = new double[queries.length];
    double[] chosen = new double[queries.length];
    double[][] times = {scan, sweep, chosen};
    for (double[] each : times) {
      Arrays.fill(each, Double.POSITIVE_INFINITY);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < queries.length; i++) {
        DenseQuery query = DenseQuery.of(queries[i], DenseSearch.K, EFFORT).among(admitted, null);
        // In turn before and after the sweep, which leaves the cache full of other rows.
        for (int turn = 0; turn < WAYS.length; turn++) {
          int way = round % 2 == 0 ? turn : WAYS.length - 1 - turn;
          times[way][i] = Math.min(times[way][i], time(query, WAYS[way]));
        }
      }
    }
    double[] ratios = new double[queries.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = chosen[i] / Math.min(scan[i], sweep[i]);
    }
    add(findings, cell, "pure scan", median(scan) / 1e3, "us");
    add(findings, cell, "pure sweep", median(sweep) / 1e3, "us");
    add(findings, cell, "as chosen", median(chosen) / 1e3, "us");
    add(findings, cell, "as chosen / the better", median(ratios), "x");
  }

  private double time(DenseQuery query, @Nullable SearchMode way) {
    long start = System.nanoTime();
    NearestRows found = way == null ? index.search(query) : index.search(query, way);
    double nanos = System.nanoTime() - start;
    if (found.size() == 0) {
      throw new IllegalStateException("A filter that admits rows found none");
    }
    return nanos;
  }

  private static RowBitmap bitmap(RankFilter filter, int[][] ranks) {
    BitSet rows = filter.rows(ranks);
    RowBitmap bitmap = new RowBitmap(ranks[filter.column()].length);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      bitmap.add(row);
    }
    return bitmap;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void add(
      Findings findings, FilterCells.Cell cell, String measure, double value, String unit) {
    findings.add(new Figure("Quiver engine", measure, cell.name(), EFFORT, -1, value, -1, unit));
  }
}

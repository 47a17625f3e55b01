package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Scale;
import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender.Searcher;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.data.Truth;
import io.quiver.benchmarks.data.VectorRows;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.ThreadGroups;
import io.quiver.benchmarks.report.Figure;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A database that changes: recall after deletes and updates against a fresh build, latency beside a
 * writer, the heap over time.
 */
final class MixedSuite {
  private static final int EFFORT = 64;
  private static final int BATCH = 500;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private MixedSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    try (QuiverEngine engine =
        new QuiverEngine(settings.folder("engine"), set.dimension(), 0, settings.threads())) {
      engine.fill(set, new int[0][]);
      besideWriter(settings, set, engine, findings);
    }
    churn(settings, set, findings);
  }

  /** Deletes 30 % of the rows and moves 30 %, then compares with a database that never had them. */
  private static void churn(Settings settings, VectorSet set, Findings findings) throws Exception {
    int rows = set.rows().count();
    SplittableRandom random = new SplittableRandom(settings.seed());
    VectorRows moved = VectorRows.empty(rows, set.dimension());
    BitSet live = new BitSet(rows);
    int[] changed = new int[rows];
    float[][] vectors = new float[rows][];
    int changes = 0;
    for (int row = 0; row < rows; row++) {
      double fate = random.nextDouble();
      float[] vector = set.rows().get(row);
      if (fate < 0.6) {
        changed[changes] = row;
        if (fate >= 0.3) {
          vector = between(vector, set.rows().get(random.nextInt(rows)));
          vectors[changes] = vector;
        }
        changes++;
      }
      moved.write(row, vector);
      live.set(row, fate >= 0.3);
    }
    VectorSet after = new VectorSet(set.name(), moved, set.queries());
    try (QuiverEngine engine =
        new QuiverEngine(settings.folder("churned"), set.dimension(), 0, settings.threads())) {
      engine.fill(set, new int[0][]);
      for (int from = 0; from < changes; from += BATCH) {
        int to = Math.min(changes, from + BATCH);
        engine.change(Arrays.copyOfRange(changed, from, to), Arrays.copyOfRange(vectors, from, to));
      }
      engine.optimize();
      recall("after 30 % deletes and 30 % updates", engine, after, live, findings);
    }
    VectorRows left = VectorRows.empty(live.cardinality(), set.dimension());
    int next = 0;
    for (int row = live.nextSetBit(0); row >= 0; row = live.nextSetBit(row + 1)) {
      left.write(next++, moved.get(row));
    }
    VectorSet fresh = new VectorSet(set.name(), left, set.queries());
    try (QuiverEngine engine =
        new QuiverEngine(settings.folder("fresh"), set.dimension(), 0, settings.threads())) {
      engine.fill(fresh, new int[0][]);
      recall("fresh build of the same rows", engine, fresh, null, findings);
    }
  }

  private static float[] between(float[] a, float[] b) {
    float[] vector = new float[a.length];
    double length = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = 0.7f * a[i] + 0.3f * b[i];
      length += (double) vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(length);
    }
    return vector;
  }

  private static void recall(
      String cell, QuiverEngine engine, VectorSet set, @Nullable BitSet live, Findings findings)
      throws Exception {
    Truth truth = Truth.of(set, DenseSearch.K, live);
    try (DenseSearch search =
        new DenseSearch(engine, cell, EFFORT, engine.searcher(EFFORT, null), set.queries())) {
      double recall = search.recall(truth);
      findings.add(
          new Figure("Quiver engine", "churn", cell, EFFORT, recall, recall, -1, "recall@10"));
    }
  }

  /** Latency of one reader alone, then beside a writer of 1,000 rows a second. */
  private static void besideWriter(
      Settings settings, VectorSet set, QuiverEngine engine, Findings findings) throws Exception {
    int seconds =
        switch (settings.scale()) {
          case QUICK -> 10;
          case STANDARD -> 30;
          case FULL -> 600;
        };
    if (settings.scale() == Scale.FULL) {
      latencies("warm-up", 10, set, engine, new Findings());
    } else {
      latencies("warm-up", 3, set, engine, new Findings());
    }
    latencies("no writer", Math.min(60, seconds), set, engine, findings);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer =
        Thread.ofPlatform()
            .name("bench-writer")
            .start(
                () -> {
                  try {
                    write(set, engine, stop);
                  } catch (RuntimeException | Error e) {
                    failure.set(e);
                  }
                });
    try {
      latencies("a writer of 1,000 rows/s", seconds, set, engine, findings);
    } finally {
      stop.set(true);
      writer.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("The writer failed", failure.get());
    }
  }

  /** Ten batches of a hundred rows a second: new keys with the vectors of old rows. */
  private static void write(VectorSet set, QuiverEngine engine, AtomicBoolean stop) {
    long start = System.nanoTime();
    int rows = set.rows().count();
    for (int batch = 0; !stop.get(); batch++) {
      int[] keys = new int[100];
      float[][] vectors = new float[100][];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = rows + batch * 100 + i;
        vectors[i] = set.rows().get((batch * 100 + i) % rows);
      }
      engine.change(keys, vectors);
      LockSupport.parkNanos(start + (batch + 1) * 100_000_000L - System.nanoTime());
    }
  }

  private static void latencies(
      String cell, int seconds, VectorSet set, QuiverEngine engine, Findings findings)
      throws Exception {
    long[] wall = new long[20_000_000];
    long[] cpu = new long[wall.length];
    int count = 0;
    long heapAtStart = heap();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    long look = begin + MINUTE_NANOS;
    long[] found = new long[DenseSearch.K];
    while (System.nanoTime() < end && count < wall.length) {
      // A snapshot for each query, as a statement has it.
      long before = ThreadGroups.current();
      long start = System.nanoTime();
      try (Searcher searcher = engine.searcher(EFFORT, null)) {
        searcher.search(set.queries()[count % set.queries().length], found);
      }
      wall[count] = System.nanoTime() - start;
      cpu[count++] = ThreadGroups.current() - before;
      if (System.nanoTime() >= look) {
        String minutes = cell + ", after " + (look - begin) / MINUTE_NANOS + " min";
        findings.add(Figure.of("Quiver engine", "heap after GC", minutes, heap() / 1e6, "MB"));
        look += MINUTE_NANOS;
      }
    }
    long grown = heap() - heapAtStart;
    Arrays.sort(wall, 0, count);
    Arrays.sort(cpu, 0, count);
    for (int percent : new int[] {50, 99}) {
      int at = (int) ((long) count * percent / 100);
      findings.add(
          new Figure(
              "Quiver engine", "p" + percent, cell, 0, -1, wall[at] / 1e3, cpu[at] / 1e3, "us"));
    }
    findings.add(Figure.of("Quiver engine", "heap grown", cell, grown / 1e6, "MB"));
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.contender.DenseContender.Searcher;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.MappedFiles;
import io.quiver.benchmarks.measure.MappedFiles.Mapping;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.io.HugePages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Searches while only so much of the files may be in memory, copies in huge pages included. A
 * thread plays the kernel of a machine that has no more: whenever more is, it frees the pages of
 * the largest files, which are the full vectors. It is the stricter of the two: a kernel frees what
 * was not used for long, and only as much as it needs.
 */
final class MemoryBudget {
  private static final int EFFORT = 100;
  private static final long PAUSE_NANOS = 2_000_000;

  private final Path folder;
  private final VectorSet set;
  private final QuiverEngine engine;
  private final long seconds;

  MemoryBudget(Path folder, VectorSet set, QuiverEngine engine, long seconds) {
    this.folder = folder;
    this.set = set;
    this.engine = engine;
    this.seconds = seconds;
  }

  /** All in memory, then as much as a share of the vectors take. */
  void run(double share, Findings findings) throws Exception {
    latencies("all in memory", findings);
    double data = (double) set.rows().count() * set.dimension() * Float.BYTES;
    long budget = (long) (share * data);
    AtomicBoolean stop = new AtomicBoolean();
    hold(budget);
    AtomicLong looks = new AtomicLong();
    AtomicLong sum = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread kernel =
        Thread.ofPlatform()
            .name("bench-kernel")
            .start(
                () -> {
                  try {
                    while (!stop.get()) {
                      sum.addAndGet(hold(budget));
                      looks.incrementAndGet();
                      LockSupport.parkNanos(PAUSE_NANOS);
                    }
                  } catch (IOException | RuntimeException e) {
                    failure.set(e);
                  }
                });
    String cell = String.format(Locale.ROOT, "%.0f %% of the data in memory", 100 * share);
    try {
      latencies(cell, findings);
    } finally {
      stop.set(true);
      kernel.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Pages could not be freed", failure.get());
    }
    double rows = set.rows().count();
    findings.add(Figure.of("Quiver engine", "budget", cell, budget / rows, "bytes a vector"));
    findings.add(
        Figure.of(
            "Quiver engine",
            "mean resident",
            cell,
            sum.get() / rows / Math.max(1, looks.get()),
            "bytes a vector"));
  }

  /** Frees the pages of the largest files if too much is in memory; how much there was. */
  private long hold(long budget) throws IOException {
    List<Mapping> mappings = MappedFiles.below(folder);
    Map<Path, Long> resident = new HashMap<>();
    Map<Path, Long> sizes = new HashMap<>();
    for (Mapping mapping : mappings) {
      resident.merge(mapping.file(), mapping.resident(), Long::sum);
      sizes.merge(mapping.file(), mapping.bytes(), Long::sum);
    }
    long before =
        HugePages.shared().held() + resident.values().stream().mapToLong(Long::longValue).sum();
    long now = before;
    for (Path file :
        sizes.keySet().stream()
            .sorted(Comparator.comparingLong((Path each) -> sizes.get(each)).reversed())
            .toList()) {
      if (now <= budget) {
        break;
      }
      MappedFiles.free(file, mappings);
      now -= resident.getOrDefault(file, 0L);
    }
    return before;
  }

  private void latencies(String cell, Findings findings) throws Exception {
    long[] times = new long[2_000_000];
    int count = 0;
    long[] found = new long[DenseSearch.K];
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    try (Searcher searcher = engine.searcher(EFFORT, null)) {
      while (System.nanoTime() < end && count < times.length) {
        long before = System.nanoTime();
        searcher.search(set.queries()[count % set.queries().length], found);
        times[count++] = System.nanoTime() - before;
      }
    }
    double rate = count / ((System.nanoTime() - start) / 1e9);
    Arrays.sort(times, 0, count);
    findings.add(Figure.of("Quiver engine", "queries/s", cell, rate, "queries/s"));
    findings.add(Figure.of("Quiver engine", "p50", cell, times[count / 2] / 1e3, "us"));
    findings.add(
        Figure.of("Quiver engine", "p99", cell, times[(int) (count * 99L / 100)] / 1e3, "us"));
  }
}

package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.contender.JVectorGraph;
import io.quiver.benchmarks.contender.LuceneHnsw;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.contender.QuiverJdbc;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.CpuClock;
import io.quiver.benchmarks.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Fills every contender with a set, one after the other, and times it. */
final class Contenders implements AutoCloseable {
  private final Settings settings;
  private final VectorSet set;
  private final int[][] ranks;
  private final Findings findings;
  private final List<DenseContender> all = new ArrayList<>();

  private Contenders(Settings settings, VectorSet set, int[][] ranks, Findings findings) {
    this.settings = settings;
    this.set = set;
    this.ranks = ranks;
    this.findings = findings;
  }

  /**
   * Fills those that the settings want.
   *
   * @param ranks columns to filter by
   */
  static Contenders fill(Settings settings, VectorSet set, int[][] ranks, Findings findings)
      throws Exception {
    Contenders contenders = new Contenders(settings, set, ranks, findings);
    try {
      contenders.fillAll();
    } catch (Exception | Error e) {
      contenders.close();
      throw e;
    }
    return contenders;
  }

  private void fillAll() throws Exception {
    int threads = settings.threads();
    add(
        "Quiver engine",
        () ->
            new QuiverEngine(settings.folder("engine"), set.dimension(), ranks.length, threads)
                .fill(set, ranks));
    add(
        "Quiver JDBC",
        () ->
            new QuiverJdbc(settings.folder("jdbc"), set.dimension(), ranks.length)
                .fill(set, ranks));
    for (LuceneHnsw.Kind kind : LuceneHnsw.Kind.values()) {
      add(
          kind == LuceneHnsw.Kind.FLOAT ? "Lucene float" : "Lucene SQ8",
          () -> new LuceneHnsw(settings.folder("lucene-" + kind), kind, threads, ranks).fill(set));
    }
    if (settings.wants("JVector memory") || settings.wants("JVector disk PQ")) {
      JVectorGraph memory =
          timed("JVector memory", () -> JVectorGraph.inMemory(set, threads, ranks));
      all.add(memory);
      add("JVector disk PQ", () -> memory.writeTo(settings.folder("jvector.graph")));
    }
    for (DenseContender contender : all) {
      findings.configuration(contender.name(), contender.configuration());
    }
  }

  private void add(String name, Callable<? extends DenseContender> fill) throws Exception {
    if (settings.wants(name)) {
      all.add(timed(name, fill));
    }
  }

  private <T> T timed(String name, Callable<T> fill) throws Exception {
    Files.createDirectories(settings.folder("."));
    long cpu = CpuClock.process();
    long start = System.nanoTime();
    T filled = fill.call();
    findings.add(
        new Figure(
            name,
            "fill",
            set.rows().count() + " rows",
            0,
            -1,
            (System.nanoTime() - start) / 1e9,
            (CpuClock.process() - cpu) / 1e9,
            "s"));
    return filled;
  }

  /** The contenders that were filled. */
  List<DenseContender> all() {
    return all;
  }

  @Override
  public void close() throws IOException, SQLException {
    for (DenseContender contender : all) {
      contender.close();
    }
  }
}

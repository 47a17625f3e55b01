package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.contender.Hnswlib;
import io.quiver.benchmarks.contender.JVectorGraph;
import io.quiver.benchmarks.contender.LuceneHnsw;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.contender.QuiverJdbc;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.CpuClock;
import io.quiver.benchmarks.measure.Stretch;
import io.quiver.benchmarks.report.Figure;
import io.quiver.benchmarks.suite.KeptIndexes.Filling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Fills every contender with a set, one after the other, and times it. */
final class Contenders implements AutoCloseable {
  /** Makes or opens a contender's index in a folder or file. */
  private interface Place<T> {
    T at(Path place) throws Exception;
  }

  /** Leaves a contender's index in a folder or file. */
  private interface Save<T> {
    void at(T contender, Path place) throws Exception;
  }

  private record Timed<T>(T contender, Filling filling) {}

  private final Settings settings;
  private final VectorSet set;
  private final int[][] ranks;
  private final Findings findings;
  private final @Nullable KeptIndexes kept;
  private final List<DenseContender> all = new ArrayList<>();

  private Contenders(Settings settings, VectorSet set, int[][] ranks, Findings findings) {
    this.settings = settings;
    this.set = set;
    this.ranks = ranks;
    this.findings = findings;
    this.kept = KeptIndexes.of(settings, set);
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
      String name = kind == LuceneHnsw.Kind.FLOAT ? "Lucene float" : "Lucene SQ8";
      if (settings.wants(name)) {
        peer(
            name,
            folder -> new LuceneHnsw(folder, kind, threads, ranks).fill(set),
            (_, _) -> {},
            folder -> new LuceneHnsw(folder, kind, threads, ranks).open());
      }
    }
    if (settings.wants("JVector memory") || settings.wants("JVector disk PQ")) {
      JVectorGraph memory =
          peer(
              "JVector memory",
              _ -> JVectorGraph.inMemory(set, threads, ranks),
              JVectorGraph::save,
              file -> JVectorGraph.inMemory(set, ranks, file));
      if (settings.wants("JVector disk PQ")) {
        peer(
            "JVector disk PQ",
            memory::writeTo,
            (_, _) -> {},
            file -> JVectorGraph.onDisk(ranks, file));
      }
    }
    if (Hnswlib.present() && settings.wants("hnswlib")) {
      peer(
          "hnswlib",
          _ -> Hnswlib.fill(set, threads),
          Hnswlib::save,
          file -> Hnswlib.open(set, file));
    }
  }

  private void add(String name, Callable<? extends DenseContender> fill) throws Exception {
    if (settings.wants(name)) {
      include(name, timed(name, fill), "");
    }
  }

  /**
   * A peer, filled now or as an earlier run left it.
   *
   * @param fill into a folder or file, which is kept if indexes are
   * @param save leaves there what {@code fill} did not; not timed
   * @param open what was left there
   */
  private <T extends DenseContender> T peer(String name, Place<T> fill, Save<T> save, Place<T> open)
      throws Exception {
    if (kept == null) {
      Path place = settings.folder(name.replace(' ', '-'));
      return include(name, timed(name, () -> fill.at(place)), "");
    }
    Filling before = kept.filling(name);
    if (before != null) {
      T found = open.at(kept.index(name));
      return include(
          name, new Timed<>(found, before), ", index kept from a run of " + before.day());
    }
    Files.createDirectories(kept.folder());
    Timed<T> filled = timed(name, () -> fill.at(kept.index(name)));
    save.at(filled.contender(), kept.index(name));
    kept.filled(name, filled.filling());
    return include(name, filled, "");
  }

  private <T extends DenseContender> Timed<T> timed(String name, Callable<T> fill)
      throws Exception {
    Files.createDirectories(settings.folder("."));
    long cpu = CpuClock.process();
    long start = System.nanoTime();
    Stretch stretch = Stretch.of(name, "fill", 0);
    T filled = fill.call();
    stretch.commit();
    return new Timed<>(
        filled,
        new Filling(
            (System.nanoTime() - start) / 1e9,
            (CpuClock.process() - cpu) / 1e9,
            LocalDate.now(ZoneOffset.UTC).toString()));
  }

  private <T extends DenseContender> T include(String name, Timed<T> filled, String remark) {
    T contender = filled.contender();
    all.add(contender);
    findings.configuration(name, contender.configuration() + remark);
    findings.add(
        new Figure(
            name,
            "fill",
            set.rows().count() + " rows",
            0,
            -1,
            filled.filling().wall(),
            filled.filling().cpu(),
            "s"));
    return contender;
  }

  /** The contenders that were filled. */
  List<DenseContender> all() {
    return all;
  }

  /** Those of them that can filter. */
  List<DenseContender> filtering() {
    return all.stream().filter(DenseContender::filters).toList();
  }

  @Override
  public void close() throws IOException, SQLException {
    for (DenseContender contender : all) {
      contender.close();
    }
  }
}

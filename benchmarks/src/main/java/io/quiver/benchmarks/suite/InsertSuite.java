package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.LuceneHnsw;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.contender.QuiverJdbc;
import io.quiver.benchmarks.data.VectorSet;

/**
 * Rows inserted in batches of 500, each durable before the next, until all are found by index:
 * Quiver through JDBC and engine, Lucene with a commit a batch and its own merges.
 */
final class InsertSuite {
  private static final int BATCH = 500;

  private InsertSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    VectorSet few = new VectorSet(set.name(), set.rows().first(5_000), set.queries());
    once(settings.inFolder("warm"), few, new Findings());
    once(settings.inFolder("insert"), set, findings);
  }

  private static void once(Settings settings, VectorSet set, Findings findings) throws Exception {
    String rows = set.rows().count() + " rows in batches of " + BATCH;
    int dimension = set.dimension();
    Stopwatch engine = new Stopwatch("Quiver engine", "insert", rows);
    try (QuiverEngine quiver =
        new QuiverEngine(settings.folder("engine"), dimension, 0, settings.threads())) {
      quiver.fillInBatches(set);
      findings.add(engine.stop());
    }
    Stopwatch jdbc = new Stopwatch("Quiver JDBC", "insert", rows);
    try (QuiverJdbc quiver = new QuiverJdbc(settings.folder("jdbc"), dimension, 0)) {
      quiver.fillInBatches(set);
      findings.add(jdbc.stop());
    }
    Stopwatch peer = new Stopwatch("Lucene float", "insert", rows);
    try (LuceneHnsw lucene =
        new LuceneHnsw(
            settings.folder("lucene"), LuceneHnsw.Kind.FLOAT, settings.threads(), new int[0][])) {
      lucene.fillInBatches(set, BATCH);
      findings.add(peer.stop());
      findings.configuration(
          "Lucene float",
          lucene.configuration().replace("forced merge to one segment", "its own merges")
              + ", commit a batch, "
              + lucene.segments()
              + " segments at the end");
    }
  }
}

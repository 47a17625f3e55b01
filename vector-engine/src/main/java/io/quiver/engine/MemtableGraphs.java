package io.quiver.engine;

import io.quiver.engine.index.hnsw.GrowingIndex;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Memtable;
import java.util.function.BiConsumer;

/**
 * The graphs of one memtable, one for each HNSW index of its collection.
 *
 * @param rows of the memtable that are committed
 */
record MemtableGraphs(Memtable memtable, CollectionSchema schema, int rows, EngineOptions options) {
  /** Fewer rows are scanned in about the time of a walk. */
  private static final int ROWS_LEAST = 512;

  private static final System.Logger LOGGER = System.getLogger("io.quiver.engine");

  /**
   * Inserts all rows that are not in yet. If that fails, they are scanned until they are sealed.
   */
  void insertAll(StopSignal stop) {
    forEach((column, spec) -> insert(graph(column, spec), rows, true, stop));
  }

  /**
   * Inserts rows that are not in yet into graphs that nobody else inserts into now.
   *
   * @param most how many into each graph
   * @return how many were inserted; 0 where nothing is to be done, or others do it
   */
  int insertSome(int most, StopSignal stop) {
    int[] inserted = {0};
    forEach(
        (column, spec) -> {
          GrowingIndex graph = graph(column, spec);
          int before = graph.linked();
          insert(graph, (int) Math.min(rows, (long) before + most), false, stop);
          inserted[0] += Math.max(0, graph.linked() - before);
        });
    return inserted[0];
  }

  /** How many rows a search has to scan that will not have to be once they are inserted. */
  int behind() {
    int[] behind = {0};
    forEach(
        (column, spec) -> {
          GrowingIndex graph = memtable.graph(column, spec);
          int linked = graph == null ? 0 : graph.isOpen() ? graph.linked() : rows;
          behind[0] = Math.max(behind[0], rows - linked);
        });
    return behind[0];
  }

  private void forEach(BiConsumer<Integer, IndexSpec.Hnsw> work) {
    if (rows >= Math.min(ROWS_LEAST, options.indexRows())) {
      for (IndexSpec spec : schema.indexes()) {
        if (spec instanceof IndexSpec.Hnsw hnsw && memtable.stores(column(spec))) {
          work.accept(column(spec), hnsw);
        }
      }
    }
  }

  private GrowingIndex graph(int column, IndexSpec.Hnsw spec) {
    return memtable.graphToGrow(column, spec, options.seed(), options.threads());
  }

  private void insert(GrowingIndex graph, int to, boolean wait, StopSignal stop) {
    try {
      graph.insert(to, wait, stop);
    } catch (SearchStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "The newest rows of collection " + schema.name() + " are scanned until they are sealed",
          e);
    }
  }

  /** How many rows every graph has. */
  int linked() {
    int least = rows;
    boolean any = false;
    for (IndexSpec spec : schema.indexes()) {
      if (spec instanceof IndexSpec.Hnsw hnsw) {
        GrowingIndex graph = memtable.graph(column(spec), hnsw);
        least = Math.min(least, graph == null ? 0 : graph.linked());
        any = true;
      }
    }
    return any ? least : 0;
  }

  /** Id of the column that an index is over. */
  private int column(IndexSpec spec) {
    return schema.columns().get(schema.ordinal(spec.column()).orElseThrow()).id();
  }
}

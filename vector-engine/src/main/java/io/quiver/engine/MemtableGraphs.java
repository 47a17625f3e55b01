package io.quiver.engine;

import io.quiver.engine.index.hnsw.GrowingIndex;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Memtable;

/**
 * The graphs of one memtable, one for each HNSW index of its collection.
 *
 * @param rows of the memtable that are committed
 */
record MemtableGraphs(Memtable memtable, CollectionSchema schema, int rows, EngineOptions options) {
  private static final System.Logger LOGGER = System.getLogger("io.quiver.engine");

  /**
   * Inserts rows that are not in yet. If that fails, the rows are scanned until they are sealed.
   *
   * @param most how many into each graph
   * @return how many are left at most
   */
  int insert(int most, StopSignal stop) {
    int behind = 0;
    if (rows < options.indexRows()) {
      return 0;
    }
    for (IndexSpec spec : schema.indexes()) {
      int column = column(spec);
      if (spec instanceof IndexSpec.Hnsw hnsw && memtable.stores(column)) {
        behind = Math.max(behind, insert(column, hnsw, most, stop));
      }
    }
    return behind;
  }

  private int insert(int column, IndexSpec.Hnsw spec, int most, StopSignal stop) {
    GrowingIndex graph = memtable.graphToGrow(column, spec, options.seed(), options.threads());
    if (!graph.isOpen()) {
      return 0;
    }
    try {
      graph.insert((int) Math.min(rows, (long) graph.linked() + most), stop);
    } catch (SearchStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "The newest rows of collection " + schema.name() + " are scanned until they are sealed",
          e);
      return 0;
    }
    return graph.isOpen() ? rows - graph.linked() : 0;
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

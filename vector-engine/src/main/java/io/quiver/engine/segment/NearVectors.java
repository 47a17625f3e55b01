package io.quiver.engine.segment;

import io.quiver.engine.column.RowSelection;
import io.quiver.engine.index.hnsw.FormerGraph;
import io.quiver.engine.index.hnsw.NeighbourOrder;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * In which order a new segment's rows lie so that walks through its graph read near what they have
 * read. Rows have one order: that of the first HNSW index whose graphs are known, unless tenants
 * are kept together.
 *
 * @param order for each place which row comes there
 * @param settled whether it is as good as the new segment's own graph would say, since most rows
 *     are in one graph already
 */
public record NearVectors(int[] order, boolean settled) {
  /** Of the rows, in one graph. */
  private static final double MOST = .75;

  /** What a {@link RowSelection} in this order says of it. */
  public OptionalInt by() {
    return settled ? OptionalInt.of(RowSelection.NEAR_VECTORS) : OptionalInt.empty();
  }

  /**
   * The order; empty where rows are to stay as they are.
   *
   * @param formers segments the new one is made of, with the numbers that rows have so far
   * @param rows of the new one
   */
  public static Optional<NearVectors> of(
      CollectionSchema schema, List<SegmentFiles.FormerSegment> formers, int rows) {
    if (schema.tenant().isPresent()) {
      return Optional.empty();
    }
    for (IndexSpec spec : schema.indexes()) {
      List<FormerGraph> graphs = SegmentFiles.formerGraphs(schema, spec, formers);
      if (!graphs.isEmpty()) {
        int all = 0;
        int most = 0;
        for (FormerGraph graph : graphs) {
          int kept = graph.kept();
          all += kept;
          most = Math.max(most, kept);
        }
        boolean settled = graphs.size() == 1 || most >= MOST * all;
        return Optional.of(new NearVectors(NeighbourOrder.of(graphs, rows), settled));
      }
    }
    return Optional.empty();
  }
}

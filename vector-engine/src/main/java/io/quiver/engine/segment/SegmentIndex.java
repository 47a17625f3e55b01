package io.quiver.engine.segment;

import io.quiver.engine.filter.PayloadIndex;
import io.quiver.engine.index.hnsw.HnswIndex;
import io.quiver.engine.index.hnsw.TenantGraphs;
import io.quiver.engine.index.multivector.MuveraIndex;
import io.quiver.engine.index.sparse.InvertedIndex;

/** An index over one column of a sealed segment, read where its file is mapped. */
public sealed interface SegmentIndex {
  /**
   * Over a dense vector column.
   *
   * @param tenants what searches it: the index, and beside it graphs of tenants, if it has any
   */
  record Graph(HnswIndex index, TenantGraphs tenants) implements SegmentIndex {}

  /** Over a sparse vector column, for dot products or BM25. */
  record Lists(InvertedIndex index) implements SegmentIndex {}

  /** Over a multivector column. */
  record Candidates(MuveraIndex index) implements SegmentIndex {}

  /** Over a scalar or text-array column. */
  record Payload(PayloadIndex index) implements SegmentIndex {}
}

package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.quantize.Int8Codes;
import io.quiver.engine.quantize.Int8Scorer;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory for a growing graph and its codes, with room for so many rows; when it is full, all is
 * copied to twice the room. One thread inserts, any number search.
 *
 * <p>The memory goes with the last who refers to it, so a search that began here ends here.
 */
final class GraphRoom {
  /** More components than this at the end of the scale: the step does not fit the rows. */
  private static final double SATURATED_MOST = .02;

  /** Rows from which walks end by distance: with fewer, neighbours say little of the rest. */
  private static final int SPREAD_LEAST = 1024;

  private final VectorRows rows;
  private final IndexSpec.Hnsw spec;
  private final int capacity;
  private final HnswGraph graph;
  private final GrowingGraph growing;
  private final @Nullable Int8Codes codes;
  private final @Nullable MemorySegment factors;
  private final GraphInserter[] inserters;
  private final long[] present;
  private final ConcurrentLinkedQueue<HnswSearcher> idle = new ConcurrentLinkedQueue<>();
  private final long bytes;
  private long encoded;
  private long saturated;
  private int spreadMeasuredAt;
  private volatile HnswGraph.Extent extent = new HnswGraph.Extent(0, 0, 0, -1);

  /**
   * @param there rows to learn from, all of them there
   * @param before what to go on from, or null
   */
  GraphRoom(
      VectorRows rows,
      VectorRows there,
      IndexSpec.Hnsw spec,
      long seed,
      int threads,
      boolean coded,
      int capacity,
      @Nullable GraphRoom before) {
    this.rows = rows;
    this.spec = spec;
    this.capacity = capacity;
    Arena arena = Arena.ofAuto();
    RowLevels levels = new RowLevels(seed, spec.m());
    this.graph =
        HnswGraph.allocate(
            arena,
            capacity,
            capacity,
            spec.m(),
            spec.efConstruction(),
            seed,
            RowLevels.counts(capacity, levels::of));
    this.growing = new GrowingGraph(graph, spec.efConstruction(), levels, seed, arena);
    this.codes = coded ? Int8Codes.allocate(there, capacity, spec.metric(), arena) : null;
    this.factors = codes == null ? null : Int8Scorer.roomForPairFactors(codes, arena);
    this.present = new long[(capacity + 63) >>> 6];
    this.inserters = new GraphInserter[threads];
    for (int i = 0; i < threads; i++) {
      inserters[i] = new GraphInserter(growing, pairScorer(), pairScorer());
    }
    this.bytes =
        2 * graph.byteSize()
            + (codes == null ? 0 : codes.byteSize() + 8L * capacity)
            + capacity / 8;
    if (before != null) {
      int linked = before.extent.rows();
      growing.copyFrom(before.growing, linked);
      encode(0, linked);
      saturated = 0;
      encoded = 0;
      System.arraycopy(before.present, 0, present, 0, (linked + 63) >>> 6);
      extent = before.extent;
      graph.setSpread(before.graph.spread());
      spreadMeasuredAt = before.spreadMeasuredAt;
    }
  }

  private RowScorer pairScorer() {
    return codes == null || factors == null
        ? new VectorScorer(rows, spec.metric())
        : Int8Scorer.forPairs(codes, factors);
  }

  int capacity() {
    return capacity;
  }

  /** Rows that are in the graph. */
  int linked() {
    return extent.rows();
  }

  long bytes() {
    return bytes;
  }

  /** Whether the rows since the codes were trained are so unlike those before that it pays anew. */
  boolean isStale() {
    return encoded > (extent.rows() >>> 3)
        && saturated > SATURATED_MOST * encoded * rows.dimension();
  }

  /** Inserts the next rows, up to before {@code to}, and lets searches see them. */
  void insert(int to) {
    HnswGraph.Extent before = extent;
    int from = before.rows();
    encode(from, to);
    int nodes = before.nodes();
    for (int row = from; row < to; row++) {
      if (rows.isNull(row)) {
        graph.level(0).setLink(row, 0, LinkTable.ABSENT);
      } else {
        present[row >>> 6] |= 1L << row;
        nodes++;
      }
    }
    int next = from;
    while (next < to && growing.entry() < 0) {
      if (isPresent(next)) {
        inserters[0].insertFirst(next);
      }
      next++;
    }
    for (; next < Math.min(to, HnswBuilder.ROWS_ALONE); next++) {
      if (isPresent(next)) {
        inserters[0].insert(next);
      }
    }
    if (next < to) {
      ParallelInsertion.RowWork insert =
          (row, inserter) -> {
            if (isPresent(row)) {
              inserter.insert(row);
            }
          };
      new ParallelInsertion(inserters, insert, next, to, BuildProgress.IGNORED).run();
    }
    long entry = growing.entry();
    extent =
        entry < 0
            ? new HnswGraph.Extent(to, 0, 0, -1)
            : new HnswGraph.Extent(
                to, nodes, GrowingGraph.levelOfEntry(entry), GrowingGraph.nodeOfEntry(entry));
    if (to >= SPREAD_LEAST && to >= 2 * spreadMeasuredAt) {
      spreadMeasuredAt = to;
      HnswSearcher searcher = searcher();
      graph.setSpread(GraphSpread.measure(searcher, extent, rows, spec.metric()));
      idle.add(searcher);
    }
  }

  private void encode(int from, int to) {
    if (codes != null && factors != null) {
      codes.encodeRows(rows, from, to);
      Int8Scorer.fillPairFactors(codes, factors, from, to);
      encoded += to - from;
      saturated += codes.saturated(from, to);
    }
  }

  private boolean isPresent(int row) {
    return (present[row >>> 6] >>> row & 1) != 0;
  }

  /** What searches see of the graph now. */
  HnswGraph.Extent extent() {
    return extent;
  }

  /**
   * Searches by the graph.
   *
   * @param most rows from 0 that may be found, at most those seen
   */
  NearestRows search(DenseQuery query, HnswGraph.Extent seen, int most) {
    HnswSearcher searcher = searcher();
    NearestRows found = searcher.search(query, seen, most);
    idle.add(searcher);
    return found;
  }

  private HnswSearcher searcher() {
    HnswSearcher searcher = idle.poll();
    return searcher == null
        ? new HnswSearcher(graph, codes, rows, spec.metric(), new RowBitmap(present, capacity))
        : searcher;
  }

  /** The graph as one that a new segment's begins with; when nothing is inserted any more. */
  FormerGraph former(int[] newRows) {
    HnswGraph.Extent all = extent;
    int[] counts = new int[Math.max(0, all.level()) + 1];
    counts[0] = all.rows();
    for (int level = 1; level < counts.length; level++) {
      counts[level] = growing.level(level).used();
    }
    return new FormerGraph(graph, counts, newRows);
  }
}

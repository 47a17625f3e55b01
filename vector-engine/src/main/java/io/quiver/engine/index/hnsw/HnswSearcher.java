package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.DoubleScan;
import io.quiver.engine.index.FinalOrder;
import io.quiver.engine.index.NearestHeap;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.index.RankKey;
import io.quiver.engine.index.SearchEffort;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.VectorScan;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.RowBitmap;
import org.jspecify.annotations.Nullable;

/**
 * Searches one index: decides how, finds candidates, puts them in their final order. Holds the
 * memory a search needs and is used again and again, by one thread at a time; a search allocates
 * little but its answer.
 */
final class HnswSearcher {
  /** Up to so many candidates a sorted array is faster than heaps. */
  private static final int POOL_MOST = 512;

  /** So many times as many rows as without a filter may have to be ranked again. */
  private static final int FAR_ROWS = 4;

  /** If even those do not suffice, so many times as many again. */
  private static final int AGAIN = 16;

  /** Up to so many rows are not ranked at all where all are wanted, but put in order. */
  private static final int FEW = 32;

  /** Their neighbours, some hundred rows, tell how often rows near a query qualify. */
  private static final int NEIGHBOURS_LOOKED_AT = 8;

  private final HnswGraph graph;
  private final VectorScorer full;
  private final RowScorer approximate;
  private final @Nullable RowCodes codes;
  private final boolean coded;
  private final @Nullable RowBitmap present;
  private final QualifyingRows qualifying = new QualifyingRows();
  private final GraphWalk walk = new GraphWalk();
  private final NearestPool pool = new NearestPool();
  private final FilteredWalk filteredWalk;
  private final NearestHeap nearest = new NearestHeap();
  private final VectorScan scan;
  private final FinalOrder finalOrder;
  private final DoubleScan doubles;
  private final @Nullable Rescoring rescoring;
  private HnswGraph.Extent extent;
  private long[] keys = {};

  private @Nullable SearchMode told;
  private SearchMode mode = SearchMode.GRAPH;
  private long visited;
  private long evaluations;
  private long checks;

  HnswSearcher(
      HnswGraph graph,
      @Nullable RowCodes codes,
      VectorRows rows,
      DistanceMetric metric,
      @Nullable RowBitmap present) {
    this.graph = graph;
    this.extent = graph.extent();
    this.present = present;
    this.full = new VectorScorer(rows, metric);
    this.codes = codes;
    this.coded = codes != null;
    this.rescoring = codes == null ? null : new Rescoring(full);
    this.approximate = codes == null ? full : codes.forQueries();
    this.filteredWalk = new FilteredWalk(graph.level(0));
    this.scan = new VectorScan(rows);
    this.finalOrder = new FinalOrder(rows, metric);
    this.doubles = new DoubleScan(rows, metric);
  }

  NearestRows search(DenseQuery query) {
    return search(query, graph.extent(), graph.rows());
  }

  /** Searches one way, whatever the plan: {@link SearchMode#SCAN} or {@link SearchMode#SWEEP}. */
  NearestRows search(DenseQuery query, SearchMode way) {
    told = way;
    try {
      return search(query);
    } finally {
      told = null;
    }
  }

  /**
   * Searches a graph that grows.
   *
   * @param seen how far it had grown; what is linked later is met on the way, and left out
   * @param rows from 0 that may be found, at most those seen
   */
  NearestRows search(DenseQuery query, HnswGraph.Extent seen, int rows) {
    extent = seen;
    qualifying.set(0, rows, graph.rows(), query, present);
    int found = qualifying.cardinality();
    int k = Math.min(query.k(), found);
    visited = 0;
    evaluations = 0;
    checks = 0;
    mode = SearchMode.SCAN;
    scan.reset();
    int candidates = 0;
    if (found == k && found <= FEW && told == null) {
      // They get no ranks, so none that is wrong.
      room(found);
      candidates = qualifying.keys(keys);
      evaluations = found;
    } else if (found > 0) {
      full.query(query.vector());
      candidates = candidates(query, k, found);
      if (scan.overflowed() || doubles.isNeeded(query.vector(), keys, Math.min(k, candidates))) {
        return doubles.search(query, qualifying, 0, rows);
      }
    }
    SearchEffort effort = new SearchEffort(mode, found, visited, evaluations, checks);
    return finalOrder.of(query.vector(), keys, Math.min(candidates, close(k)), k, effort);
  }

  /** How many candidates get exact distances; a walk is no more exact than its ranks. */
  private int close(int k) {
    boolean scanned = mode == SearchMode.SCAN || mode == SearchMode.GRAPH_THEN_SCAN;
    return scanned ? k + FinalOrder.MARGIN : k;
  }

  /** Puts candidates with ranks of full vectors into {@link #keys}, sorted; how many. */
  private int candidates(DenseQuery query, int k, int found) {
    int ef = Math.min(query.ef(), found);
    WalkPlan plan = new WalkPlan(extent.nodes(), graph.m(), found, k, ef);
    mode = told == null ? plan.mode() : told;
    if (mode == SearchMode.SCAN) {
      return scan(query, k, found);
    }
    if (coded) {
      approximate.query(query.vector());
    }
    int start = descend();
    if (mode == SearchMode.SWEEP && told == null && !sweeps(plan, start)) {
      mode = SearchMode.SCAN;
      return scan(query, k, found);
    }
    int collected =
        mode == SearchMode.GRAPH && ef <= POOL_MOST
            ? walkAll(query, start, k, ef)
            : walkFiltered(query, start, plan);
    if (collected < k) {
      mode = SearchMode.GRAPH_THEN_SCAN;
      return scan(query, k, found);
    }
    if (rescoring == null) {
      return collected;
    }
    int most = mode == SearchMode.GRAPH ? Math.min(collected, rescored(k)) : collected;
    int rescored = rescore(rescoring, most, k);
    if (mode == SearchMode.SWEEP && !rescoring.settled()) {
      mode = SearchMode.GRAPH_THEN_SCAN;
      return scan(query, k, found);
    }
    return rescored;
  }

  private int descend() {
    walk.resetCounts();
    walk.begin(graph.rows());
    int node = extent.entry();
    for (int level = extent.level(); level > 0; level--) {
      node = walk.descend(graph.level(level), approximate, node);
    }
    visited = walk.followed();
    evaluations = walk.ranked();
    return node;
  }

  private int walkAll(DenseQuery query, int start, int k, int ef) {
    LinkTable links = graph.level(0);
    boolean byDistance = graph.spread() > 0;
    WalkEnd end =
        byDistance ? WalkEnd.byDistance(k, ef, rescored(k), graph.spread()) : WalkEnd.ALL_FOLLOWED;
    pool.reset(byDistance ? WalkEnd.WIDENING * ef : ef);
    walk.forgetDescent();
    long before = walk.ranked();
    walk.seed(links, approximate, pool, start);
    walk.run(links, approximate, pool, end, query.stop());
    if (walk.ranked() - before < ef) {
      // The start lies in a corner without a way out; from the entry every node can be reached.
      walk.seed(links, approximate, pool, graph.level(extent.level()).row(extent.entry()));
      walk.run(links, approximate, pool, end, query.stop());
    }
    visited = walk.followed();
    evaluations = walk.ranked();
    room(pool.size());
    pool.copyTo(keys);
    return extent.rows() == graph.rows() ? pool.size() : seen(pool.size());
  }

  /** Leaves out of the first keys those of rows that were linked since the search began. */
  private int seen(int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (RankKey.row(keys[i]) < extent.rows()) {
        keys[kept++] = keys[i];
      }
    }
    return kept;
  }

  /** Looks at the neighbours' neighbours of a row: whether enough of them qualify. */
  private boolean sweeps(WalkPlan plan, int start) {
    LinkTable links = graph.level(0);
    int near = 0;
    int matched = 0;
    int neighbours = Math.min(NEIGHBOURS_LOOKED_AT, links.count(start));
    for (int i = 0; i < neighbours; i++) {
      int neighbour = links.link(start, i);
      int count = links.count(neighbour);
      for (int j = 0; j < count; j++) {
        matched += qualifying.contains(links.link(neighbour, j)) ? 1 : 0;
      }
      near += count;
    }
    checks += near;
    return plan.sweeps(near, matched);
  }

  private int walkFiltered(DenseQuery query, int start, WalkPlan plan) {
    nearest.reset(kept(qualifying.cardinality(), plan.k()));
    boolean ended =
        filteredWalk.run(
            approximate,
            qualifying,
            graph.rows(),
            start,
            plan,
            graph.spread(),
            mode == SearchMode.GRAPH || told != null ? Long.MAX_VALUE : plan.budget(),
            nearest,
            query.stop());
    visited += filteredWalk.followed();
    evaluations += filteredWalk.ranked();
    checks += filteredWalk.checked();
    return ended ? takeNearest() : 0;
  }

  /** Ranks every qualifying row; by codes first where that spares most of the full vectors. */
  private int scan(DenseQuery query, int k, int found) {
    if (rescoring == null || found / 4 <= rescored(k)) {
      return scan(query, full, Math.min(found, k + FinalOrder.MARGIN));
    }
    approximate.query(query.vector());
    int collected = scan(query, approximate, kept(found, k));
    int rescored = rescore(rescoring, collected, k);
    if (rescoring.settled()) {
      return rescored;
    }
    // The nearest lie so far away that codes do not tell them from hundreds of others.
    int more = (int) Math.min(found, (long) AGAIN * collected);
    return rescore(rescoring, scan(query, approximate, more), k);
  }

  private int scan(DenseQuery query, RowScorer scorer, int most) {
    nearest.reset(most);
    scan.run(scorer, qualifying, graph.rows(), nearest, query.stop());
    evaluations += qualifying.cardinality();
    return takeNearest();
  }

  /**
   * How many rows of a filter are kept to be ranked again: more than without one, for the farther
   * rows are from a query, the less do their distances differ. Most are not reached.
   */
  private int kept(int found, int k) {
    return codes == null ? k : (int) Math.min(found, (long) FAR_ROWS * codes.shortlist(k));
  }

  private int takeNearest() {
    int size = nearest.size();
    room(size);
    System.arraycopy(nearest.sorted(), 0, keys, 0, size);
    return size;
  }

  /** How many of the nearest by codes are ranked again by full vectors. */
  private int rescored(int k) {
    return codes == null ? k : codes.shortlist(k);
  }

  private int rescore(Rescoring byFull, int count, int k) {
    int rescored = byFull.run(keys, count, k);
    evaluations += rescored;
    return rescored;
  }

  private void room(int count) {
    if (keys.length < count) {
      keys = new long[count];
    }
  }
}

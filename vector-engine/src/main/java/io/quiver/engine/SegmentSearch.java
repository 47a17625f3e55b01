package io.quiver.engine;

import io.quiver.engine.column.DenseColumn;
import io.quiver.engine.column.MultiVectorColumn;
import io.quiver.engine.column.SparseColumn;
import io.quiver.engine.index.BestRows;
import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.index.hnsw.HnswIndex;
import io.quiver.engine.index.multivector.MaxSimSearch;
import io.quiver.engine.index.multivector.MuveraIndex;
import io.quiver.engine.index.sparse.SparseScorer;
import io.quiver.engine.index.sparse.SparseSearch;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.SegmentIndex;
import org.jspecify.annotations.Nullable;

/** Answers one prepared request from one segment, by whatever index it has. */
final class SegmentSearch {
  static final String SCAN = "scan";
  static final String GRAPH = "graph";
  static final String INVERTED = "inverted";

  /** What ranking a full vector, or the tokens of a row, costs beside a row of codes. */
  private static final int FULL_VECTOR = 2;

  private static final int TOKENS = 32;

  private final PreparedSearch prepared;
  private final StopSignal stop;

  /** What a segment found, and at what effort. */
  record Answer(
      Merge.Found found,
      String mode,
      long qualifying,
      long visited,
      long distanceEvaluations,
      long filterChecks) {}

  SegmentSearch(PreparedSearch prepared, StopSignal stop) {
    this.prepared = prepared;
    this.stop = stop;
  }

  Answer search(int place, SegmentView segment) {
    return switch (prepared) {
      case PreparedSearch.Dense dense -> dense(place, segment, dense);
      case PreparedSearch.Scored scored -> scored(place, segment, scored);
      case PreparedSearch.MaxSim maxSim -> maxSim(place, segment, maxSim);
    };
  }

  private Answer dense(int place, SegmentView segment, PreparedSearch.Dense dense) {
    SegmentView.Admitted admitted = segment.admitted(dense.request().filter(), stop);
    DenseQuery query =
        new DenseQuery(
            dense.request().query(),
            dense.request().k(),
            dense.request().efSearch(),
            admitted.rows(),
            segment.deleted(),
            stop);
    NearestRows nearest = index(segment, dense).search(query);
    return new Answer(
        new Merge.Found(place, segment, nearest.rows(), nearest.distances()),
        nearest.effort().mode().label(),
        nearest.effort().qualifying(),
        nearest.effort().visited(),
        nearest.effort().distanceEvaluations(),
        nearest.effort().filterChecks() + admitted.checks());
  }

  private static DenseIndex index(SegmentView segment, PreparedSearch.Dense dense) {
    DenseIndex graph = graph(segment, dense);
    if (graph != null) {
      return graph;
    }
    DenseColumn column = (DenseColumn) segment.column(dense.request().column());
    return new ExactIndex(column, segment.rows(), dense.request().metric());
  }

  /** The graph that serves a request, if the segment has it. */
  private static @Nullable DenseIndex graph(SegmentView segment, PreparedSearch.Dense dense) {
    int column = dense.request().column();
    IndexSpec.Hnsw spec = segment.spec(column, IndexSpec.Hnsw.class);
    if (spec == null || dense.request().exact() || spec.metric() != dense.request().metric()) {
      return null;
    }
    return segment.graph(column, spec);
  }

  private Answer scored(int place, SegmentView segment, PreparedSearch.Scored scored) {
    SegmentView.Admitted admitted = segment.admitted(scored.filter(), stop);
    RowBitmap qualifying = segment.qualifying(admitted);
    BestRows best = new BestRows(scored.k(), scored.maxDistance());
    SparseScorer scorer = scored.scorer();
    SparseColumn column = (SparseColumn) segment.column(scored.column());
    SparseSearch search = new SparseSearch(column, qualifying, scorer, best, stop);
    if (lists(segment, scored) instanceof SegmentIndex.Lists lists) {
      search.search(lists.index());
    } else {
      search.scan();
    }
    return new Answer(
        found(place, segment, best),
        search.mode(),
        qualifying.cardinality(),
        search.postingsVisited(),
        search.rowsScored(),
        admitted.checks());
  }

  private static @Nullable SegmentIndex lists(SegmentView segment, PreparedSearch.Scored scored) {
    return segment.index(scored.column(), scored.indexKind());
  }

  private Answer maxSim(int place, SegmentView segment, PreparedSearch.MaxSim maxSim) {
    SegmentView.Admitted admitted = segment.admitted(maxSim.request().filter(), stop);
    RowBitmap qualifying = maxSim.restrict(place, segment.qualifying(admitted));
    @Nullable NearestRows candidates = candidates(segment, maxSim, qualifying);
    RowBitmap compared = candidates == null ? qualifying : bitmap(candidates, qualifying.rows());
    BestRows best = new BestRows(maxSim.request().k(), maxSim.request().maxDistance());
    MultiVectorColumn column = (MultiVectorColumn) segment.column(maxSim.request().column());
    MaxSimSearch search = new MaxSimSearch(column, compared, maxSim.query(), stop);
    search.run(best);
    return new Answer(
        found(place, segment, best),
        candidates == null ? SCAN : candidates.effort().mode().label(),
        qualifying.cardinality(),
        search.rowsScored() + (candidates == null ? 0 : candidates.effort().visited()),
        search.dotProducts(),
        admitted.checks() + (candidates == null ? 0 : candidates.effort().filterChecks()));
  }

  /** What the index of the column names for comparison; null where all are to be compared. */
  private @Nullable NearestRows candidates(
      SegmentView segment, PreparedSearch.MaxSim maxSim, RowBitmap qualifying) {
    SearchRequest.MaxSim request = maxSim.request();
    if (maxSim.query().rows() > 0
        && index(segment, maxSim) instanceof SegmentIndex.Candidates(MuveraIndex index)
        && MuveraIndex.isWorthwhile(qualifying.cardinality(), request.k(), request.efSearch())) {
      return index.candidates(maxSim.query(), request.k(), request.efSearch(), qualifying, stop);
    }
    return null;
  }

  private static RowBitmap bitmap(NearestRows found, int rows) {
    RowBitmap bitmap = new RowBitmap(rows);
    for (int row : found.rows()) {
      bitmap.add(row);
    }
    return bitmap;
  }

  private static @Nullable SegmentIndex index(SegmentView segment, PreparedSearch.MaxSim maxSim) {
    return maxSim.request().exact() || maxSim.among().isPresent()
        ? null
        : segment.index(maxSim.request().column(), IndexSpec.Muvera.class);
  }

  private static Merge.Found found(int place, SegmentView segment, BestRows best) {
    best.sort();
    int[] rows = new int[best.size()];
    double[] distances = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = best.row(i);
      distances[i] = best.distance(i);
    }
    return new Merge.Found(place, segment, rows, distances);
  }

  /** About how many rows are ranked to search a segment, in terms of codes or short vectors. */
  long work(SegmentView segment) {
    return switch (prepared) {
      case PreparedSearch.Dense dense -> {
        SearchRequest.Dense request = dense.request();
        long candidates = Math.max(request.k(), request.efSearch());
        yield graph(segment, dense) == null
            ? (long) FULL_VECTOR * segment.rows()
            : Math.min(segment.rows(), HnswIndex.ranked(candidates));
      }
      case PreparedSearch.Scored scored -> segment.rows();
      case PreparedSearch.MaxSim maxSim -> (long) TOKENS * segment.rows();
    };
  }

  /** How a segment would be searched. */
  String mode(SegmentView segment) {
    return switch (prepared) {
      case PreparedSearch.Dense dense -> graph(segment, dense) == null ? SCAN : GRAPH;
      case PreparedSearch.Scored scored -> lists(segment, scored) == null ? SCAN : INVERTED;
      case PreparedSearch.MaxSim maxSim -> index(segment, maxSim) == null ? SCAN : GRAPH;
    };
  }
}

package io.quiver.engine;

import io.quiver.engine.column.DenseColumn;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import java.util.List;
import java.util.Set;

/** Answers one request from one segment, by whatever index it has. */
final class SegmentSearch {
  private static final String SCAN = "scan";

  private final List<SegmentView> segments;
  private final SearchRequest request;
  private final StopSignal stop;

  /** What a segment found, and at what effort. */
  record Answer(
      Merge.Found found,
      String mode,
      long qualifying,
      long visited,
      long distanceEvaluations,
      long filterChecks) {}

  SegmentSearch(List<SegmentView> segments, SearchRequest request, StopSignal stop) {
    this.segments = segments;
    this.request = request;
    this.stop = stop;
  }

  Answer search(int place) {
    SegmentView segment = segments.get(place);
    return switch (request) {
      case SearchRequest.Dense dense -> dense(place, segment, dense);
      case SearchRequest.Sparse sparse -> throw notYet("Sparse search");
      case SearchRequest.Text text -> throw notYet("Text search");
      case SearchRequest.MaxSim maxSim -> throw notYet("MaxSim search");
    };
  }

  private static UnsupportedOperationException notYet(String what) {
    return new UnsupportedOperationException(what + " is not connected yet");
  }

  private Answer dense(int place, SegmentView segment, SearchRequest.Dense dense) {
    DenseColumn column = (DenseColumn) segment.column(dense.column());
    RowBitmap allowed =
        dense.filter() instanceof RowFilter.All ? null : segment.qualifying(dense.filter(), stop);
    DenseQuery query =
        new DenseQuery(
            dense.query(), dense.k(), dense.efSearch(), allowed, segment.deleted(), stop);
    NearestRows nearest = new ExactIndex(column, segment.rows(), dense.metric()).search(query);
    return new Answer(
        new Merge.Found(place, segment, nearest.rows(), nearest.distances()),
        nearest.effort().mode().label(),
        nearest.effort().qualifying(),
        nearest.effort().visited(),
        nearest.effort().distanceEvaluations(),
        nearest.effort().filterChecks());
  }

  /** How a segment would be searched. */
  String mode(int place) {
    return SCAN;
  }

  static boolean isApproximate(String mode) {
    return !mode.equals(SCAN);
  }

  /** Why no index is used, if none is. */
  String reason(Set<String> modes) {
    return modes.stream().anyMatch(SegmentSearch::isApproximate) ? "" : "few rows";
  }
}

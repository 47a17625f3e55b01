package io.quiver.engine;

import io.quiver.engine.column.SparseColumn;
import io.quiver.engine.index.multivector.MaxSimQuery;
import io.quiver.engine.index.sparse.Bm25Curve;
import io.quiver.engine.index.sparse.Bm25Scorer;
import io.quiver.engine.index.sparse.DotProductScorer;
import io.quiver.engine.index.sparse.SparseScorer;
import io.quiver.engine.index.sparse.TextCount;
import io.quiver.engine.index.sparse.TextStatistics;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.SegmentIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request with what all segments share worked out once. */
sealed interface PreparedSearch {
  /** By a dense vector. */
  record Dense(SearchRequest.Dense request) implements PreparedSearch {}

  /** By terms, whether dot product or BM25. */
  record Scored(
      int column,
      int k,
      RowFilter filter,
      double maxDistance,
      SparseScorer scorer,
      Class<? extends IndexSpec> indexKind)
      implements PreparedSearch {}

  /**
   * By MaxSim.
   *
   * @param among rows of each segment, by place, where candidates are given
   */
  record MaxSim(
      SearchRequest.MaxSim request, MaxSimQuery query, Optional<Map<Integer, RowBitmap>> among)
      implements PreparedSearch {
    /** Those of the qualifying rows of a segment that are candidates. */
    RowBitmap restrict(int place, RowBitmap qualifying) {
      if (among.isEmpty()) {
        return qualifying;
      }
      RowBitmap candidates = among.get().get(place);
      if (candidates == null) {
        return new RowBitmap(qualifying.rows());
      }
      RowBitmap both = candidates.copy();
      both.intersect(qualifying);
      return both;
    }
  }

  /** Prepares a request over all segments of a collection. */
  static PreparedSearch of(
      SearchRequest request, CollectionSchema schema, List<SegmentView> segments, StopSignal stop) {
    return switch (request) {
      case SearchRequest.Dense dense -> new Dense(dense);
      case SearchRequest.Sparse sparse ->
          new Scored(
              sparse.column(),
              sparse.k(),
              sparse.filter(),
              sparse.maxDistance(),
              new DotProductScorer(sparse.query()),
              IndexSpec.Inverted.class);
      case SearchRequest.Text text -> text(text, schema, segments, stop);
      case SearchRequest.MaxSim maxSim -> maxSim(maxSim, schema, segments);
    };
  }

  private static PreparedSearch text(
      SearchRequest.Text request,
      CollectionSchema schema,
      List<SegmentView> segments,
      StopSignal stop) {
    String name = schema.columns().get(request.column()).name();
    IndexSpec.Bm25 spec =
        schema.indexes().stream()
            .filter(IndexSpec.Bm25.class::isInstance)
            .map(IndexSpec.Bm25.class::cast)
            .filter(index -> index.column().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("Column " + name + " has no BM25 index"));
    int[] terms = request.query().indices();
    TextStatistics statistics = TextStatistics.none(terms);
    for (SegmentView segment : segments) {
      SparseColumn column = (SparseColumn) segment.column(request.column());
      TextCount count = new TextCount(column, segment.live(), terms, stop);
      statistics =
          statistics.merge(
              segment.index(request.column(), IndexSpec.Bm25.class)
                      instanceof SegmentIndex.Lists lists
                  ? count.count(lists.index())
                  : count.scan());
    }
    return new Scored(
        request.column(),
        request.k(),
        request.filter(),
        request.maxDistance(),
        new Bm25Scorer(request.query(), statistics, new Bm25Curve(spec.k1(), spec.b())),
        IndexSpec.Bm25.class);
  }

  private static PreparedSearch maxSim(
      SearchRequest.MaxSim request, CollectionSchema schema, List<SegmentView> segments) {
    ColumnType.MultiVector type =
        (ColumnType.MultiVector) schema.columns().get(request.column()).type();
    Optional<Map<Integer, RowBitmap>> among = Optional.empty();
    if (request.among().isPresent()) {
      Map<Integer, RowBitmap> byPlace = new HashMap<>();
      for (long name : request.among().get()) {
        int place = SegmentedView.place(name);
        byPlace
            .computeIfAbsent(place, p -> new RowBitmap(segments.get(p).rows()))
            .add(SegmentedView.row(name));
      }
      among = Optional.of(byPlace);
    }
    return new MaxSim(request, new MaxSimQuery(request.query(), type.dimension()), among);
  }
}

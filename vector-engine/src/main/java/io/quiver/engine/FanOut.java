package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.SearchForecast;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.SearchStatistics;
import io.quiver.engine.search.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Asks every segment that can have an answer, at once where that pays, and merges the best. */
final class FanOut {
  /**
   * Fewer rows than this to rank, about half a millisecond's, are ranked by the caller's thread
   * alone: waking another takes longer on a busy machine, and the caller would wait for it.
   */
  private static final long WORK_WORTH_A_THREAD = 8_000;

  /** Why a column with an index is scanned. */
  private static final String NOT_YET = "the rows are few, or the index is being built";

  private final CollectionSchema schema;
  private final List<SegmentView> segments;
  private final Set<Integer> shards;
  private final ExecutorService searchers;

  FanOut(
      CollectionSchema schema,
      List<SegmentView> segments,
      Set<Integer> shards,
      ExecutorService searchers) {
    this.schema = schema;
    this.segments = segments;
    this.shards = shards;
    this.searchers = searchers;
  }

  SearchHits search(SearchRequest request, StopSignal stop) {
    int only = onlyPlace();
    return only >= 0 ? searchOne(only, request, stop) : searchAll(request, stop);
  }

  /** The place of the one segment that can have an answer; -1 where they are more, or none. */
  private int onlyPlace() {
    int only = -1;
    for (int place = 0; place < segments.size(); place++) {
      if (segments.get(place).isOf(shards)) {
        if (only >= 0) {
          return -1;
        }
        only = place;
      }
    }
    return only;
  }

  /** The usual case of a collection at rest, without the lists that several segments need. */
  private SearchHits searchOne(int place, SearchRequest request, StopSignal stop) {
    PreparedSearch prepared = PreparedSearch.of(request, schema, segments, stop);
    SegmentSearch.Answer answer =
        new SegmentSearch(prepared, stop).search(place, segments.get(place));
    Merge.Best best = Merge.nearest(answer.found(), request.k(), request.maxDistance());
    return new SearchHits(
        best.rows(),
        best.distances(),
        new SearchStatistics(
            answer.qualifying(),
            answer.visited(),
            answer.distanceEvaluations(),
            answer.filterChecks(),
            List.of(answer.mode()),
            shards.size()));
  }

  private SearchHits searchAll(SearchRequest request, StopSignal stop) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < segments.size(); place++) {
      if (segments.get(place).isOf(shards)) {
        places.add(place);
      }
    }
    SegmentSearch search =
        new SegmentSearch(PreparedSearch.of(request, schema, segments, stop), stop);
    List<SegmentSearch.Answer> answers = each(places, search);
    List<Merge.Found> found = new ArrayList<>();
    long qualifying = 0;
    long visited = 0;
    long distances = 0;
    long checks = 0;
    List<String> modes = new ArrayList<>();
    for (SegmentSearch.Answer answer : answers) {
      found.add(answer.found());
      qualifying += answer.qualifying();
      visited += answer.visited();
      distances += answer.distanceEvaluations();
      checks += answer.filterChecks();
      modes.add(answer.mode());
    }
    Merge.Best best = Merge.nearest(found, request.k(), request.maxDistance());
    return new SearchHits(
        best.rows(),
        best.distances(),
        new SearchStatistics(qualifying, visited, distances, checks, modes, shards.size()));
  }

  /** Asks each place, several at once if that is much work. */
  private List<SegmentSearch.Answer> each(List<Integer> places, SegmentSearch search) {
    long work = 0;
    for (int place : places) {
      work += search.work(segments.get(place));
    }
    List<Supplier<SegmentSearch.Answer>> tasks = new ArrayList<>();
    for (int place : places) {
      tasks.add(() -> search.search(place, segments.get(place)));
    }
    return new SharedWork<>(tasks).run(work < WORK_WORTH_A_THREAD ? null : searchers);
  }

  SearchForecast forecast(SearchRequest request) {
    double rows = 0;
    double admitted = 0;
    List<String> modes = new ArrayList<>();
    SegmentSearch search =
        new SegmentSearch(
            PreparedSearch.of(request, schema, segments, StopSignal.NEVER), StopSignal.NEVER);
    for (SegmentView segment : segments) {
      rows += segment.liveRows();
      if (segment.isOf(shards)) {
        admitted += segment.expected(request.filter());
        modes.add(search.mode(segment));
      }
    }
    double selectivity = rows == 0 ? 1 : admitted / rows;
    boolean isScan = modes.stream().allMatch(SegmentSearch.SCAN::equals);
    return new SearchForecast(
        selectivity,
        modes,
        modes.contains(SegmentSearch.GRAPH),
        isScan ? reason(request) : "",
        shards);
  }

  /** Why no segment is searched by an index. */
  private String reason(SearchRequest request) {
    String column = schema.columns().get(request.column()).name();
    List<IndexSpec> specs =
        schema.indexes().stream().filter(spec -> spec.column().equals(column)).toList();
    return switch (request) {
      case SearchRequest.Dense dense -> {
        if (dense.exact()) {
          yield "an exact search was asked for";
        }
        for (IndexSpec spec : specs) {
          if (spec instanceof IndexSpec.Hnsw hnsw && hnsw.metric() == dense.metric()) {
            yield NOT_YET;
          }
        }
        yield specs.stream().anyMatch(IndexSpec.Hnsw.class::isInstance)
            ? "the index has another metric"
            : "the column has no index";
      }
      case SearchRequest.Sparse sparse ->
          specs.stream().anyMatch(IndexSpec.Inverted.class::isInstance)
              ? NOT_YET
              : "the column has no index";
      case SearchRequest.Text text -> NOT_YET;
      case SearchRequest.MaxSim maxSim -> {
        if (maxSim.exact()) {
          yield "an exact search was asked for";
        }
        if (maxSim.among().isPresent()) {
          yield "MaxSim ranks the rows of a search";
        }
        yield specs.stream().anyMatch(IndexSpec.Muvera.class::isInstance)
            ? NOT_YET
            : "MaxSim compares every qualifying row";
      }
    };
  }
}

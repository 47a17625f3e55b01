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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Asks every segment that can have an answer, at once where that pays, and merges the best. */
final class FanOut {
  /** Fewer rows than this are searched by the caller's thread alone. */
  private static final long ROWS_WORTH_A_THREAD = 20_000;

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
    List<SegmentSearch.Answer> answers =
        each(places, place -> search.search(place, segments.get(place)));
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

  /** Does work for each place, in parallel if there is much of it; all of it has ended after. */
  private <T> List<T> each(List<Integer> places, IntFunction<T> work) {
    long rows = places.stream().mapToLong(place -> segments.get(place).rows()).sum();
    List<T> results = new ArrayList<>();
    if (places.size() < 2 || rows < ROWS_WORTH_A_THREAD) {
      places.forEach(place -> results.add(work.apply(place)));
      return results;
    }
    List<Future<T>> others = new ArrayList<>();
    for (int place : places.subList(1, places.size())) {
      others.add(searchers.submit(() -> work.apply(place)));
    }
    Throwable failure = null;
    try {
      results.add(work.apply(places.getFirst()));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (Future<T> other : others) {
      try {
        results.add(finish(other));
      } catch (RuntimeException | Error e) {
        failure = failure == null ? e : failure;
      }
    }
    rethrow(failure);
    return results;
  }

  /** Waits to the end even if interrupted: the work reads memory that the caller will release. */
  private static <T> T finish(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            case null, default -> throw new IllegalStateException(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
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

package io.quiver.planner.physical;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.SearchForecast;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many candidates a search must keep for a wanted recall, learnt from exact samples for each
 * table and share of rows that qualify: at first from queries made of the table's own vectors, and
 * anew once enough were asked for real, and when the table has grown or shrunk by half. Safe for
 * use by many threads: while one learns, others that want an answer wait.
 */
public final class LearntEffort {
  private static final int SAMPLES = 32;

  /** So long the exact searches of a sample may take together; a large table gets fewer. */
  private static final long EXACT_NANOS = 400_000_000;

  /** Columns of which queries are kept. */
  private static final int MOST_COLUMNS = 64;

  private static final int[] STEPS = {
    10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096, 8192
  };
  private static final int MOST = 1_000;

  private final Map<Key, Learnt> known = new LinkedHashMap<>();
  private final Map<Column, Deque<float[]>> asked = new LinkedHashMap<>();
  private final ReentrantLock learning = new ReentrantLock();

  /**
   * What an answer holds for.
   *
   * @param percent the target
   * @param selectivity n where one of 2^n rows qualifies
   */
  private record Key(
      long collection, int column, DistanceMetric metric, int k, int percent, int selectivity) {}

  private record Column(long collection, int column) {}

  /**
   * What was learnt.
   *
   * @param rows the table had
   * @param real whether by queries that were asked
   */
  private record Learnt(int efSearch, long rows, boolean real) {
    boolean holdsFor(long now, int queries) {
      return now <= rows * 1.5 && now >= rows / 1.5 && (real || queries < SAMPLES);
    }
  }

  /**
   * The least number of candidates with which a sample reached the recall.
   *
   * @param asks whether the request is one to learn from: a search, not a look at a plan
   */
  int efSearch(
      CollectionView view,
      long collection,
      SearchRequest.Dense request,
      double target,
      boolean asks,
      StopSignal stop) {
    SearchForecast forecast = view.forecast(request);
    if (!forecast.approximate()) {
      return request.efSearch();
    }
    int selectivity =
        Math.clamp(Math.round(-Math.log(forecast.selectivity()) / Math.log(2)), 0, 30);
    Key key =
        new Key(
            collection,
            request.column(),
            request.metric(),
            Integer.highestOneBit(request.k()),
            (int) Math.round(target * 1000),
            selectivity);
    learning.lock();
    try {
      Deque<float[]> queries = queries(new Column(collection, request.column()));
      if (asks) {
        queries.add(request.query());
        if (queries.size() > SAMPLES) {
          queries.removeFirst();
        }
      }
      Learnt before = known.get(key);
      if (before != null && before.holdsFor(view.rowCount(), queries.size())) {
        return before.efSearch();
      }
      boolean real = queries.size() >= SAMPLES;
      SampleQueries samples =
          real
              ? SampleQueries.of(view, request, queries, EXACT_NANOS, stop)
              : SampleQueries.of(view, request, SAMPLES, EXACT_NANOS, stop);
      int efSearch = least(samples, request.k(), target, stop);
      known.put(key, new Learnt(efSearch, view.rowCount(), real));
      bound(known, MOST);
      return efSearch;
    } finally {
      learning.unlock();
    }
  }

  private Deque<float[]> queries(Column column) {
    Deque<float[]> queries = asked.computeIfAbsent(column, first -> new ArrayDeque<>());
    bound(asked, MOST_COLUMNS);
    return queries;
  }

  private static <K, V> void bound(Map<K, V> map, int most) {
    if (map.size() > most) {
      var eldest = map.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private static int least(SampleQueries samples, int k, double target, StopSignal stop) {
    for (int step : STEPS) {
      if (step >= k && samples.run(step, stop).recall() >= target) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1];
  }
}

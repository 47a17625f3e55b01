package io.quiver.planner.physical;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.sql.type.VectorValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Queries made of a table's own vectors, and what is nearest to each: what an approximate search is
 * compared with.
 *
 * <p>A query lies half way between two rows: rows themselves are easier to find than what users ask
 * for. The rows are spread evenly over the table, so that the same table gives the same queries.
 */
final class SampleQueries {
  private static final float TOWARDS_OTHER = 0.5f;
  private static final int BLOCK = 1024;

  private final CollectionView view;
  private final List<SearchRequest.Dense> exact = new ArrayList<>();
  private final List<Set<Long>> nearest = new ArrayList<>();
  private long exactNanos;

  private SampleQueries(CollectionView view) {
    this.view = view;
  }

  /** What a run of all queries found. */
  record Outcome(double recall, double worst, double microsEach) {}

  /**
   * Samples.
   *
   * @param like what is searched, how many, and among which rows
   * @param count how many queries at most
   * @param nanos when to be content with those there are; at least four are made
   */
  static SampleQueries of(
      CollectionView view, SearchRequest.Dense like, int count, long nanos, StopSignal stop) {
    List<float[]> vectors = vectors(view, like, count, stop);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      queries.add(between(vectors.get(i), vectors.get((i + vectors.size() / 2) % vectors.size())));
    }
    return of(view, like, queries, nanos, stop);
  }

  /** The same with queries that are there already. */
  static SampleQueries of(
      CollectionView view,
      SearchRequest.Dense like,
      Collection<float[]> queries,
      long nanos,
      StopSignal stop) {
    SampleQueries samples = new SampleQueries(view);
    int made = 0;
    for (float[] query : queries) {
      if (++made > 4 && samples.exactNanos > nanos) {
        break;
      }
      if (like.metric() == DistanceMetric.COSINE && isZero(query)) {
        continue;
      }
      SearchRequest.Dense request = with(like, query, EffortSource.DEFAULT_EF_SEARCH, true);
      long start = System.nanoTime();
      SearchHits hits = view.search(request, stop);
      samples.exactNanos += System.nanoTime() - start;
      if (hits.size() > 0) {
        samples.exact.add(request);
        samples.nearest.add(rows(hits));
      }
    }
    return samples;
  }

  int size() {
    return exact.size();
  }

  double exactMicrosEach() {
    return exactNanos / 1e3 / Math.max(1, size());
  }

  /** How many of the nearest a walk with so many candidates finds. */
  Outcome run(int efSearch, StopSignal stop) {
    double sum = 0;
    double worst = 1;
    long start = System.nanoTime();
    for (int i = 0; i < exact.size(); i++) {
      SearchHits hits =
          view.search(with(exact.get(i), exact.get(i).query(), efSearch, false), stop);
      Set<Long> found = rows(hits);
      found.retainAll(nearest.get(i));
      double recall = (double) found.size() / nearest.get(i).size();
      sum += recall;
      worst = Math.min(worst, recall);
    }
    double micros = (System.nanoTime() - start) / 1e3 / Math.max(1, exact.size());
    return new Outcome(exact.isEmpty() ? 1 : sum / exact.size(), worst, micros);
  }

  private static SearchRequest.Dense with(
      SearchRequest.Dense like, float[] query, int efSearch, boolean exact) {
    return new SearchRequest.Dense(
        like.column(),
        query,
        like.metric(),
        like.k(),
        efSearch,
        exact,
        like.filter(),
        Double.POSITIVE_INFINITY);
  }

  private static Set<Long> rows(SearchHits hits) {
    Set<Long> rows = new HashSet<>();
    for (int i = 0; i < hits.size(); i++) {
      rows.add(hits.rows()[i]);
    }
    return rows;
  }

  private static List<float[]> vectors(
      CollectionView view, SearchRequest.Dense like, int count, StopSignal stop) {
    long stride = Math.max(1, view.rowCount() / Math.max(1, count));
    List<float[]> vectors = new ArrayList<>();
    RowScan scan = view.scan(new RowFilter.All(), stop);
    long[] names = new long[BLOCK];
    long seen = 0;
    int filled = scan.next(names);
    while (filled > 0 && vectors.size() < count) {
      for (int i = 0; i < filled && vectors.size() < count; i++, seen++) {
        if (seen % stride == 0) {
          Object value = view.value(names[i], like.column());
          if (value != null) {
            vectors.add(VectorValues.dense(value, 0));
          }
        }
      }
      filled = scan.next(names);
    }
    return vectors;
  }

  private static float[] between(float[] vector, float[] other) {
    float[] query = new float[vector.length];
    for (int i = 0; i < query.length; i++) {
      query[i] = vector[i] + TOWARDS_OTHER * (other[i] - vector[i]);
    }
    return query;
  }

  private static boolean isZero(float[] vector) {
    for (float component : vector) {
      if (component != 0) {
        return false;
      }
    }
    return true;
  }
}

package io.quiver.planner.physical;

import io.quiver.sql.function.FuseColumns;
import io.quiver.sql.function.FusionMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one list of several.
 *
 * @param rankConstant k of RRF
 * @param weights what each leg counts
 */
record Fusion(FusionMethod method, double rankConstant, double[] weights, FuseColumns columns) {
  /** A row that at least one leg has. */
  static final class Found {
    private final @Nullable Object[] values;
    private final int[] ranks;
    private final double[] scores;
    private double fused;

    Found(@Nullable Object[] values, int legs) {
      this.values = values;
      this.ranks = new int[legs];
      this.scores = new double[legs];
    }

    double fused() {
      return fused;
    }

    /** Its values, the fused score, and rank and score of each leg. */
    @Nullable Object[] row(int names) {
      @Nullable Object[] row = new Object[names + 1 + 2 * ranks.length];
      System.arraycopy(values, 0, row, 0, names);
      row[names] = fused;
      for (int leg = 0; leg < ranks.length; leg++) {
        if (ranks[leg] > 0) {
          row[names + 1 + 2 * leg] = ranks[leg];
          row[names + 2 + 2 * leg] = Double.isNaN(scores[leg]) ? null : (Object) scores[leg];
        }
      }
      return row;
    }
  }

  /** The rows of all legs by their fused score, the best first; equal ones as the legs had them. */
  List<Found> of(List<List<@Nullable Object[]>> legs) {
    Map<Object, Found> byKey = new LinkedHashMap<>();
    int[] keys = IntStream.range(0, columns.ids()).toArray();
    for (int leg = 0; leg < legs.size(); leg++) {
      add(leg, legs.get(leg), legs.size(), byKey, keys);
    }
    List<Found> found = new ArrayList<>(byKey.values());
    for (int leg = 0; leg < legs.size(); leg++) {
      fuse(leg, found);
    }
    found.sort(Comparator.comparingDouble(Found::fused).reversed());
    return found;
  }

  private void add(
      int leg, List<@Nullable Object[]> rows, int legs, Map<Object, Found> byKey, int[] keys) {
    int[] places = columns.places(leg);
    int scorePlace = columns.scorePlace(leg);
    List<@Nullable Object[]> ordered = rows;
    if (scorePlace >= 0) {
      ordered = new ArrayList<>(rows);
      ordered.sort(Comparator.comparingDouble(row -> -orLast(score(row, leg, scorePlace))));
    }
    int rank = 0;
    Set<Object> seen = new HashSet<>();
    for (@Nullable Object[] row : ordered) {
      @Nullable Object[] values = new Object[places.length];
      for (int i = 0; i < places.length; i++) {
        values[i] = places[i] < 0 ? null : row[places[i]];
      }
      Object key = GroupKey.of(values, keys);
      if (seen.add(key)) {
        Found found = byKey.computeIfAbsent(key, first -> new Found(values, legs));
        found.ranks[leg] = ++rank;
        found.scores[leg] = scorePlace < 0 ? Double.NaN : score(row, leg, scorePlace);
      }
    }
  }

  private double score(@Nullable Object[] row, int leg, int place) {
    return row[place] instanceof Number number
        ? columns.isDistance(leg) ? -number.doubleValue() : number.doubleValue()
        : Double.NaN;
  }

  private static double orLast(double score) {
    return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
  }

  private void fuse(int leg, List<Found> found) {
    Spread spread = method == FusionMethod.DBSF ? Spread.of(leg, found) : new Spread(0, 0);
    for (Found each : found) {
      if (each.ranks[leg] == 0) {
        continue;
      }
      double score = each.scores[leg];
      each.fused +=
          weights[leg]
              * switch (method) {
                case RRF -> 1 / (rankConstant + each.ranks[leg]);
                case DBSF -> Double.isNaN(score) ? 0 : spread.place(score);
                case LINEAR -> Double.isNaN(score) ? 0 : score;
              };
    }
  }

  /** Mean and standard deviation of the scores of a leg. */
  private record Spread(double mean, double deviation) {
    static Spread of(int leg, List<Found> found) {
      double[] scores =
          found.stream()
              .filter(each -> each.ranks[leg] > 0 && !Double.isNaN(each.scores[leg]))
              .mapToDouble(each -> each.scores[leg])
              .toArray();
      double sum = 0;
      for (double score : scores) {
        sum += score;
      }
      double mean = scores.length == 0 ? 0 : sum / scores.length;
      double squares = 0;
      for (double score : scores) {
        squares += (score - mean) * (score - mean);
      }
      return new Spread(mean, scores.length == 0 ? 0 : Math.sqrt(squares / scores.length));
    }

    /** 0 at three deviations under the mean, 1 at three over it; .5 where all are the same. */
    double place(double score) {
      return deviation == 0 ? 0.5 : (score - (mean - 3 * deviation)) / (6 * deviation);
    }
  }
}

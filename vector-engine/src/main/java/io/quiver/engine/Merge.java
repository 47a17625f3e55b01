package io.quiver.engine;

import java.util.Arrays;
import java.util.List;

/** The best of what the segments found. */
final class Merge {
  private Merge() {}

  /** What one segment found. */
  record Found(int place, SegmentView segment, int[] rows, double[] distances) {}

  private record Hit(double distance, long stamp, long name) {}

  /** Names and distances of the nearest rows, equal distances in the order they were committed. */
  record Best(long[] rows, double[] distances) {}

  /** Those of one segment, which are sorted by distance already. */
  static Best nearest(Found found, int k, double maxDistance) {
    int[] order = found.rows.clone();
    double[] distances = found.distances;
    int within = 0;
    while (within < order.length && distances[within] <= maxDistance) {
      within++;
    }
    for (int i = 1; i < within; i++) {
      int row = order[i];
      int at = i;
      while (at > 0
          && distances[at - 1] == distances[i]
          && stamp(found, order[at - 1]) > stamp(found, row)) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = row;
    }
    int size = Math.min(k, within);
    long[] rows = new long[size];
    for (int i = 0; i < size; i++) {
      rows[i] = SegmentedView.name(found.place, order[i]);
    }
    return new Best(rows, size == distances.length ? distances : Arrays.copyOf(distances, size));
  }

  private static long stamp(Found found, int row) {
    return found.segment.segment().stamp(row);
  }

  static Best nearest(List<Found> found, int k, double maxDistance) {
    int total = found.stream().mapToInt(part -> part.rows.length).sum();
    Hit[] hits = new Hit[total];
    int count = 0;
    for (Found part : found) {
      for (int i = 0; i < part.rows.length && part.distances[i] <= maxDistance; i++) {
        hits[count++] =
            new Hit(
                part.distances[i],
                part.segment.segment().stamp(part.rows[i]),
                SegmentedView.name(part.place, part.rows[i]));
      }
    }
    Arrays.sort(
        hits,
        0,
        count,
        (a, b) ->
            a.distance != b.distance
                ? Double.compare(a.distance, b.distance)
                : Long.compare(a.stamp, b.stamp));
    int size = Math.min(k, count);
    long[] rows = new long[size];
    double[] distances = new double[size];
    for (int i = 0; i < size; i++) {
      rows[i] = hits[i].name;
      distances[i] = hits[i].distance;
    }
    return new Best(rows, distances);
  }
}

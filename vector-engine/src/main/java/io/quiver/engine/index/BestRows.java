package io.quiver.engine.index;

import java.util.Arrays;

/**
 * The {@code k} nearest of the rows offered; among equal distances those with lower numbers.
 *
 * <p>A bounded heap with the worst row at its root. For one thread.
 */
public final class BestRows {
  private final int k;
  private final double maxDistance;
  private double[] distances;
  private int[] rows;
  private int size;

  /**
   * No rows yet.
   *
   * @param k how many to keep, at least 1; room is made as rows arrive
   * @param maxDistance rows farther away are not taken; positive infinity for no bound
   */
  public BestRows(int k, double maxDistance) {
    if (k < 1) {
      throw new IllegalArgumentException("Invalid k: " + k + " is less than 1");
    }
    this.k = k;
    this.maxDistance = maxDistance;
    this.distances = new double[Math.min(k, 128)];
    this.rows = new int[distances.length];
  }

  /** Takes the row if it is among the best so far. */
  public void offer(double distance, int row) {
    if (!(distance <= maxDistance)) {
      return;
    }
    if (size < k) {
      if (size == rows.length) {
        int room = (int) Math.min(k, 2L * size);
        distances = Arrays.copyOf(distances, room);
        rows = Arrays.copyOf(rows, room);
      }
      rise(size++, distance, row);
    } else if (isWorse(distances[0], rows[0], distance, row)) {
      sink(0, size, distance, row);
    }
  }

  /** Takes every row of the other. */
  public void offerAll(BestRows other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.distances[i], other.rows[i]);
    }
  }

  /** A row farther away than this is not taken; one exactly as far may be. */
  public double bound() {
    return size < k ? maxDistance : distances[0];
  }

  /** How many rows are wanted. */
  public int k() {
    return k;
  }

  /** As given. */
  public double maxDistance() {
    return maxDistance;
  }

  /** How many rows are kept. */
  public int size() {
    return size;
  }

  /** Whether as many rows are kept as were asked for. */
  public boolean isFull() {
    return size == k;
  }

  /** Puts the rows in order, nearest first. Nothing may be offered afterwards. */
  public BestRows sort() {
    for (int end = size - 1; end > 0; end--) {
      double distance = distances[end];
      int row = rows[end];
      distances[end] = distances[0];
      rows[end] = rows[0];
      sink(0, end, distance, row);
    }
    return this;
  }

  /** The i-th row kept; in order after {@link #sort}. */
  public int row(int i) {
    return rows[i];
  }

  /** The distance of the i-th row kept. */
  public double distance(int i) {
    return distances[i];
  }

  private void rise(int hole, double distance, int row) {
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isWorse(distance, row, distances[parent], rows[parent])) {
        break;
      }
      distances[hole] = distances[parent];
      rows[hole] = rows[parent];
      hole = parent;
    }
    distances[hole] = distance;
    rows[hole] = row;
  }

  private void sink(int hole, int end, double distance, int row) {
    for (int child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
      if (child + 1 < end
          && isWorse(distances[child + 1], rows[child + 1], distances[child], rows[child])) {
        child++;
      }
      if (!isWorse(distances[child], rows[child], distance, row)) {
        break;
      }
      distances[hole] = distances[child];
      rows[hole] = rows[child];
      hole = child;
    }
    distances[hole] = distance;
    rows[hole] = row;
  }

  private static boolean isWorse(double distance, int row, double thanDistance, int thanRow) {
    return distance > thanDistance || (distance == thanDistance && row > thanRow);
  }
}

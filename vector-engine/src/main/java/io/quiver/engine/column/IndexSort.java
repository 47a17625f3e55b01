package io.quiver.engine.column;

/** Sorts row numbers by what they stand for, equal ones staying in their order: a merge sort. */
public final class IndexSort {
  private static final int RUN = 12;

  private IndexSort() {}

  /** Compares what two numbers stand for. */
  @FunctionalInterface
  public interface Order {
    int compare(int a, int b);
  }

  public static void sort(int[] indices, Order order) {
    sort(indices, indices.clone(), 0, indices.length, order);
  }

  /** Sorts a range of {@code target}; {@code source} holds the same numbers there. */
  private static void sort(int[] target, int[] source, int from, int to, Order order) {
    if (to - from <= RUN) {
      insert(target, from, to, order);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(source, target, from, middle, order);
    sort(source, target, middle, to, order);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          left < middle && (right == to || order.compare(source[left], source[right]) <= 0);
      target[i] = takeLeft ? source[left++] : source[right++];
    }
  }

  private static void insert(int[] target, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      int moved = target[i];
      int at = i;
      while (at > from && order.compare(target[at - 1], moved) > 0) {
        target[at] = target[at - 1];
        at--;
      }
      target[at] = moved;
    }
  }
}

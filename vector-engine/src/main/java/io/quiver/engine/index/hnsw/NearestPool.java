package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.RankKey;

/**
 * The nearest nodes of a walk, sorted, each marked once its links were followed: candidates and
 * results in one array. Moving a few hundred longs costs less than two heaps do.
 */
final class NearestPool {
  private long[] keys = {};
  private int size;
  private int capacity;
  private int salt;

  /** Empties it, to keep {@code most} nodes. */
  void reset(int most) {
    if (keys.length < most) {
      keys = new long[most];
    }
    capacity = most;
    size = 0;
    salt = 0;
  }

  /**
   * Orders equally near nodes by their number exclusive-or {@code salt} from now on. As a graph is
   * built, each row has its own salt: were equal rows all linked to the same few, the rest could
   * not be reached.
   */
  void salt(int salt) {
    this.salt = salt;
  }

  int size() {
    return size;
  }

  int node(int at) {
    return RankKey.row(keys[at]) ^ salt;
  }

  float rank(int at) {
    return RankKey.rank(keys[at]);
  }

  /** A rank beyond this one is not kept. */
  float bound() {
    return size == capacity ? rank(size - 1) : Float.POSITIVE_INFINITY;
  }

  void mark(int at) {
    keys[at] |= RankKey.MARK;
  }

  /** The first place from {@code from} on that is not marked; the size if there is none. */
  int open(int from) {
    int at = from;
    while (at < size && (keys[at] & RankKey.MARK) != 0) {
      at++;
    }
    return at;
  }

  /** Adds a node; its place, or the capacity if it is too far. */
  int offer(float rank, int node) {
    long key = RankKey.of(rank, node ^ salt);
    if (size == capacity && key >= keys[size - 1]) {
      return capacity;
    }
    int at = placeOf(key);
    int moved = size < capacity ? size++ - at : size - 1 - at;
    System.arraycopy(keys, at, keys, at + 1, moved);
    keys[at] = key;
    return at;
  }

  /** Binary search without branches on the outcome: the compiler makes one of a choice. */
  private int placeOf(long key) {
    int from = 0;
    int length = size;
    if (length == 0) {
      return 0;
    }
    while (length > 1) {
      int half = length >>> 1;
      from += half * (keys[from + half - 1] < key ? 1 : 0);
      length -= half;
    }
    return from + (keys[from] < key ? 1 : 0);
  }

  /** Copies the keys, nearest first and without marks, to {@code into}; only without salt. */
  void copyTo(long[] into) {
    for (int i = 0; i < size; i++) {
      into[i] = keys[i] & ~RankKey.MARK;
    }
  }
}

package io.quiver.engine.index.hnsw;

import java.util.Arrays;

/** Which nodes a walk has come across: a bit each, cleared as a whole. */
final class VisitedNodes {
  private long[] words = {};

  /** Empties it, for nodes below {@code count}. */
  void clear(int count) {
    int needed = (count + 63) >>> 6;
    if (words.length < needed) {
      words = new long[needed];
    } else {
      Arrays.fill(words, 0, needed, 0);
    }
  }

  /** Adds a node; whether it was new. */
  boolean add(int node) {
    long before = words[node >>> 6];
    long after = before | (1L << node);
    words[node >>> 6] = after;
    return before != after;
  }

  /** Takes a node out again. */
  void remove(int node) {
    words[node >>> 6] &= ~(1L << node);
  }

  boolean contains(int node) {
    return (words[node >>> 6] & (1L << node)) != 0;
  }

  /** Adds all links of a node and copies those that were new to {@code into}; how many. */
  int addLinks(LinkTable links, int node, int[] into) {
    return addLinks(links, node, into, 0);
  }

  /**
   * Adds all links of a node and copies those that were new to {@code into}, behind the {@code
   * before} nodes in it; how many there are now.
   *
   * <p>Whether a node is new is as good as random, so it moves the end of the copy instead of
   * deciding a branch.
   */
  int addLinks(LinkTable links, int node, int[] into, int before) {
    long[] bits = words;
    long at = links.at(node);
    int degree = links.degree();
    int count = before;
    for (int i = 0; i < degree; i++) {
      int to = links.memory().get(LinkTable.INT, at + 4L * i);
      if (to < 0) {
        break;
      }
      long word = bits[to >>> 6];
      long mask = 1L << to;
      into[count] = to;
      count += (word & mask) == 0 ? 1 : 0;
      bits[to >>> 6] = word | mask;
    }
    return count;
  }
}

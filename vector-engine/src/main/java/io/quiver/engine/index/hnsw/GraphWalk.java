package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.search.StopSignal;
import java.util.Arrays;

/**
 * Best-first search on one level, where every node may be a result (Algorithm 2 of the paper).
 *
 * <p>All new neighbours of a node are ranked at once, and those of the next node with them once a
 * step has found nothing nearer: then the next node's turn would have come anyhow. Before they are
 * ranked, the links of the nodes that are probably next are read. So cache misses overlap instead
 * of following one another. Nothing is allocated. Used by one thread.
 */
final class GraphWalk {
  private static final int STEPS_BETWEEN_CHECKS = 256;
  private static final int LINE_INTS = 16;

  /** Nodes whose links are followed in one step, at most. */
  private static final int FOLLOWED_MOST = 2;

  private final VisitedNodes visited = new VisitedNodes();
  private int[] nodes = {};
  private int[] rows = {};
  private float[] ranks = {};
  private int[] passed = new int[256];
  private int passedCount;
  private long followed;
  private long ranked;
  private int touched;

  VisitedNodes visited() {
    return visited;
  }

  /** Nodes whose links were followed since {@link #resetCounts}. */
  long followed() {
    return followed;
  }

  /** Nodes ranked since {@link #resetCounts}. */
  long ranked() {
    return ranked;
  }

  void resetCounts() {
    followed = 0;
    ranked = 0;
  }

  /** Empties what was visited, for nodes below {@code count}. */
  void begin(int count) {
    visited.clear(count);
    passedCount = 0;
  }

  /**
   * The rows met in descending count as not visited again. They are a hundred or two; a bit for
   * each row of a large graph takes longer to clear.
   */
  void forgetDescent() {
    for (int i = 0; i < passedCount; i++) {
      visited.remove(passed[i]);
    }
    passedCount = 0;
  }

  /** Offers a node to the pool, as a place to start from; no effect if it was visited before. */
  void seed(LinkTable links, RowScorer scorer, NearestPool pool, int node) {
    prepare(links.degree());
    if (visited.add(node)) {
      nodes[0] = node;
      rank(links, scorer, 1);
      pool.offer(ranks[0], node);
    }
  }

  /** Fills the pool with the nearest nodes that can be reached from those in it. */
  void run(LinkTable links, RowScorer scorer, NearestPool pool, StopSignal stop) {
    run(links, scorer, pool, WalkEnd.ALL_FOLLOWED, stop);
  }

  /** The same, but follows the links of {@code most} nodes and no more. */
  void run(LinkTable links, RowScorer scorer, NearestPool pool, int most, StopSignal stop) {
    run(links, scorer, pool, WalkEnd.after(most), stop);
  }

  /** The same, but may end before the links of all nodes in the pool were followed. */
  void run(LinkTable links, RowScorer scorer, NearestPool pool, WalkEnd end, StopSignal stop) {
    float farthest = Float.POSITIVE_INFINITY;
    float kept = Float.POSITIVE_INFINITY;
    boolean settled = false;
    int next = pool.open(0);
    int steps = 0;
    while (next < pool.size() && steps < end.stepsMost()) {
      if (steps >= end.stepsLeast() && pool.rank(next) > farthest) {
        break;
      }
      if (++steps % STEPS_BETWEEN_CHECKS == 0) {
        stop.check();
      }
      int found = follow(links, pool, next, 0);
      int after = pool.open(next + 1);
      if (settled
          && after < pool.size()
          && pool.rank(after) <= farthest
          && steps < end.stepsMost()) {
        steps++;
        found = follow(links, pool, after, found);
        after = pool.open(after + 1);
      }
      touch(links, pool, after);
      int best = after;
      if (found > 0) {
        rank(links, scorer, found);
        int near = nearer(found, Math.min(kept, pool.bound()));
        for (int i = 0; i < near; i++) {
          best = Math.min(best, pool.offer(ranks[i], nodes[i]));
        }
      }
      settled = best >= after;
      next = settled ? pool.open(best) : best;
      farthest = end.farthest(scorer, pool);
      kept = end.kept(pool, farthest);
    }
  }

  /** Adds the new neighbours of a node to those found before; how many there are now. */
  private int follow(LinkTable links, NearestPool pool, int at, int found) {
    pool.mark(at);
    followed++;
    return visited.addLinks(links, pool.node(at), nodes, found);
  }

  /** Moves those not beyond the bound to the front; how many. Most are beyond, in no order. */
  private int nearer(int found, float bound) {
    int count = 0;
    for (int i = 0; i < found; i++) {
      float rank = ranks[i];
      nodes[count] = nodes[i];
      ranks[count] = rank;
      count += rank > bound ? 0 : 1;
    }
    return count;
  }

  /** Goes to nearer neighbours until there is none; from there one level down. */
  int descend(LinkTable links, RowScorer scorer, int from) {
    prepare(links.degree());
    int node = from;
    nodes[0] = from;
    isNew(links.row(from));
    rank(links, scorer, 1);
    float best = ranks[0];
    int found = newRows(links, node);
    while (found > 0) {
      rank(links, scorer, found);
      followed++;
      int nearest = -1;
      for (int i = 0; i < found; i++) {
        if (ranks[i] < best) {
          best = ranks[i];
          nearest = i;
        }
      }
      if (nearest < 0) {
        break;
      }
      node = nodes[nearest];
      found = newRows(links, node);
    }
    return links.below(node);
  }

  /**
   * Neighbours whose row was not ranked on this level or one above: it was farther than where the
   * descent stands now, and still is.
   */
  private int newRows(LinkTable links, int node) {
    int count = 0;
    for (int i = 0; i < links.degree(); i++) {
      int to = links.link(node, i);
      if (to < 0) {
        break;
      }
      if (isNew(links.row(to))) {
        nodes[count++] = to;
      }
    }
    return count;
  }

  private boolean isNew(int row) {
    if (!visited.add(row)) {
      return false;
    }
    if (passedCount == passed.length) {
      passed = Arrays.copyOf(passed, 2 * passedCount);
    }
    passed[passedCount++] = row;
    return true;
  }

  private void rank(LinkTable links, RowScorer scorer, int count) {
    ranked += count;
    if (links.isUpper()) {
      for (int i = 0; i < count; i++) {
        rows[i] = links.row(nodes[i]);
      }
      scorer.ranks(rows, count, ranks);
    } else {
      scorer.ranks(nodes, count, ranks);
    }
  }

  /** The sum of what was read early, so that reading is not left out as useless. */
  int touched() {
    return touched;
  }

  /** Reads of the links of as many nodes as one step may follow. */
  private void touch(LinkTable links, NearestPool pool, int from) {
    int sum = 0;
    for (int at = from; at < Math.min(pool.size(), from + FOLLOWED_MOST); at++) {
      int node = pool.node(at);
      for (int i = 0; i < links.degree(); i += LINE_INTS) {
        sum += links.link(node, i);
      }
    }
    touched += sum;
  }

  private void prepare(int degree) {
    int most = FOLLOWED_MOST * degree;
    if (nodes.length < most) {
      nodes = new int[most];
      rows = new int[most];
      ranks = new float[most + RowScorer.SLACK];
    }
  }
}

package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.search.StopSignal;

/**
 * Inserts rows into a growing graph (Algorithm 1 of the paper). One for each building thread.
 *
 * <p>Walks read links without locks: links are whole ints, a node is linked to only after its own
 * links are written, and a row read while it is rewritten is a mix of old and new links, all of
 * which are nodes.
 */
final class GraphInserter {
  /** Among thousands of equal rows a walk would go on replacing equals; others need a step each. */
  private static final int STEPS_A_CANDIDATE = 2;

  private final GrowingGraph graph;
  private final RowScorer scorer;
  private final GraphWalk walk = new GraphWalk();
  private final NearestPool pool = new NearestPool();
  private final DiverseLinks diverse;
  private final Candidates found;
  private final Candidates own;
  private final Candidates pruned;
  private final int[] nodes = new int[HnswGraph.LEVELS_MOST + 1];
  private final int[] batch;
  private final float[] ranks;
  private final int[] near;
  private final int mostSteps;

  /**
   * @param scorer ranks rows against the row inserted
   * @param pairs ranks candidates against each other
   */
  GraphInserter(GrowingGraph graph, RowScorer scorer, RowScorer pairs) {
    this.graph = graph;
    this.scorer = scorer;
    this.mostSteps = STEPS_A_CANDIDATE * graph.efConstruction();
    int most = Math.max(graph.efConstruction() + 2 * graph.m(), 2 * graph.m() + 1);
    this.diverse = new DiverseLinks(pairs, most);
    this.batch = new int[Math.max(64, 2 * graph.m())];
    this.ranks = new float[batch.length + RowScorer.SLACK];
    this.near = new int[2 * graph.m()];
    this.found = new Candidates(most);
    this.own = new Candidates(2 * graph.m());
    this.pruned = new Candidates(2 * graph.m() + 1);
  }

  /** Makes the first row of a graph its entry. */
  void insertFirst(int row) {
    int level = graph.levelOf(row);
    addNodes(row, level);
    graph.raiseEntry(level, nodes[level]);
  }

  void insert(int row) {
    int level = graph.levelOf(row);
    addNodes(row, level);
    long entry = graph.entry();
    int top = GrowingGraph.levelOfEntry(entry);
    int from = GrowingGraph.nodeOfEntry(entry);
    scorer.queryRow(row);
    walk.begin(graph.rows());
    for (int above = top; above > level; above--) {
      from = walk.descend(graph.level(above).links(), scorer, from);
    }
    for (int at = Math.min(level, top); at >= 0; at--) {
      from = insertOn(at, row, from);
    }
    if (level > top) {
      graph.raiseEntry(level, nodes[level]);
    }
  }

  /** A node for the row on each of its levels, without links. */
  private void addNodes(int row, int level) {
    nodes[0] = row;
    for (int at = 1; at <= level; at++) {
      nodes[at] = graph.level(at).add(row, nodes[at - 1]);
    }
  }

  /** Links the row on one level and returns where to begin on the next. */
  private int insertOn(int level, int row, int from) {
    LinkTable links = graph.level(level).links();
    pool.reset(graph.efConstruction());
    pool.salt(salt(row));
    walk.begin(graph.rows());
    walk.visited().add(nodes[level]);
    walk.seed(links, scorer, pool, from);
    walk.run(links, scorer, pool, mostSteps, StopSignal.NEVER);
    if (level == 0 && pool.size() < graph.m()) {
      // The descent ended at a row that another thread is just linking.
      walk.seed(links, scorer, pool, graph.entryRow());
      walk.run(links, scorer, pool, mostSteps, StopSignal.NEVER);
    }
    int next = level == 0 ? row : links.below(pool.node(0));
    linkToPool(level, row);
    return next;
  }

  /** Links a row to the best of the pool, and these back to it. */
  private void linkToPool(int level, int row) {
    takePool(graph.level(level).links());
    diverse.choose(found, level == 0 ? 2 * graph.m() : graph.m(), graph.m());
    own.clear();
    for (int i = 0; i < diverse.count(); i++) {
      int candidate = diverse.chosen(i);
      own.append(found.node(candidate), found.row(candidate), found.rank(candidate));
    }
    writeOwn(level);
    for (int i = 0; i < own.count(); i++) {
      linkBack(level, own.node(i), row, nodes[level], own.rank(i));
    }
  }

  private void takePool(LinkTable links) {
    found.clear();
    for (int i = 0; i < pool.size(); i++) {
      found.append(pool.node(i), links.row(pool.node(i)), pool.rank(i));
    }
  }

  /** Where to put rows for {@link #insertNear}. */
  int[] near() {
    return near;
  }

  /**
   * Inserts a row on level 0 next to rows that are known to be near, without a descent, as Lucene's
   * merging of graphs does; but with as many candidates as ever, or else merged graphs are worse.
   *
   * @param count how many rows that are linked were put into {@link #near}
   * @return whether enough was found; if not, nothing is linked
   */
  boolean insertNear(int row, int count) {
    LinkTable links = graph.level(0).links();
    nodes[0] = row;
    scorer.queryRow(row);
    pool.reset(graph.efConstruction());
    pool.salt(salt(row));
    walk.begin(graph.rows());
    walk.visited().add(row);
    for (int i = 0; i < count; i++) {
      walk.seed(links, scorer, pool, near[i]);
    }
    walk.run(links, scorer, pool, mostSteps, StopSignal.NEVER);
    if (pool.size() < graph.m()) {
      return false;
    }
    linkToPool(0, row);
    return true;
  }

  private void writeOwn(int level) {
    GrowingLevel growing = graph.level(level);
    int node = nodes[level];
    graph.locks().lock(level, node);
    for (int i = 0; i < own.count(); i++) {
      growing.set(node, i, own.node(i), own.rank(i));
    }
    graph.locks().unlock(level, node);
  }

  private void linkBack(int level, int to, int row, int node, float rank) {
    graph.locks().lock(level, to);
    try {
      GrowingLevel growing = graph.level(level);
      int count = growing.links().count(to);
      if (count < growing.links().degree()) {
        growing.set(to, count, node, rank);
      } else {
        prune(growing, to, count, row, node, rank);
      }
    } finally {
      graph.locks().unlock(level, to);
    }
  }

  /** Chooses anew among the links of a full node and one more. */
  private void prune(GrowingLevel growing, int of, int count, int row, int node, float rank) {
    LinkTable links = growing.links();
    int salt = salt(links.row(of));
    pruned.clear();
    for (int i = 0; i < count; i++) {
      int to = links.link(of, i);
      pruned.insert(to, links.row(to), growing.rank(of, i), salt);
    }
    pruned.insert(node, row, rank, salt);
    diverse.choose(pruned, links.degree());
    for (int i = 0; i < diverse.count(); i++) {
      int chosen = diverse.chosen(i);
      growing.set(of, i, pruned.node(chosen), pruned.rank(chosen));
    }
    for (int i = diverse.count(); i < count; i++) {
      links.setLink(of, i, -1);
    }
  }

  /**
   * Gives a node that has lost neighbours others in their place, where they lead elsewhere than
   * those it has kept, all of which stay.
   *
   * @param others nodes that may become neighbours, the first {@code count} of them, each once
   */
  void heal(int level, int node, int[] others, int count) {
    GrowingLevel growing = graph.level(level);
    LinkTable links = growing.links();
    int row = links.row(node);
    pool.reset(graph.efConstruction());
    pool.salt(salt(row));
    scorer.queryRow(row);
    for (int from = 0; from < count; from += batch.length) {
      int n = Math.min(batch.length, count - from);
      for (int i = 0; i < n; i++) {
        batch[i] = links.row(others[from + i]);
      }
      scorer.ranks(batch, n, ranks);
      for (int i = 0; i < n; i++) {
        // It may have been linked as the other was healed.
        if (!isLinked(links, node, others[from + i])) {
          pool.offer(ranks[i], others[from + i]);
        }
      }
    }
    takePool(links);
    int kept = 0;
    for (; kept < links.degree(); kept++) {
      int link = links.link(node, kept);
      if (link < 0) {
        // Counted only here: another thread may be pruning this node.
        break;
      }
      found.insert(link, links.row(link), growing.rank(node, kept), salt(row));
    }
    diverse.choose(found, links.degree());
    own.clear();
    for (int i = 0; i < diverse.count() && kept + own.count() < links.degree(); i++) {
      int chosen = diverse.chosen(i);
      if (!isLinked(links, node, found.node(chosen))) {
        own.append(found.node(chosen), found.row(chosen), found.rank(chosen));
      }
    }
    for (int i = 0; i < own.count(); i++) {
      linkBack(level, node, own.row(i), own.node(i), own.rank(i));
      if (!isLinked(links, own.node(i), node)) {
        linkBack(level, own.node(i), row, node, own.rank(i));
      }
    }
  }

  private static boolean isLinked(LinkTable links, int from, int to) {
    for (int i = 0; i < links.degree(); i++) {
      int link = links.link(from, i);
      if (link < 0 || link == to) {
        return link == to;
      }
    }
    return false;
  }

  /** Ranks the links that a node was given without ranks. */
  void rankLinks(int level, int node) {
    GrowingLevel growing = graph.level(level);
    LinkTable links = growing.links();
    int count = links.count(node);
    if (count > 0) {
      for (int i = 0; i < count; i++) {
        batch[i] = links.row(links.link(node, i));
      }
      scorer.queryRow(links.row(node));
      scorer.ranks(batch, count, ranks);
      for (int i = 0; i < count; i++) {
        growing.set(node, i, links.link(node, i), ranks[i]);
      }
    }
  }

  private int salt(int row) {
    return (int) RowLevels.mix(graph.seed() ^ row) & Integer.MAX_VALUE;
  }

  /**
   * Links a node that cannot be reached from one that can: from the nearest with room, or else from
   * the nearest, whose last link is handed on to the node, so that nothing else is lost.
   */
  void adopt(int row) {
    scorer.queryRow(row);
    walk.begin(graph.rows());
    GrowingLevel ground = graph.level(0);
    LinkTable links = ground.links();
    pool.reset(graph.efConstruction());
    pool.salt(salt(row));
    walk.visited().add(row);
    walk.seed(links, scorer, pool, graph.entryRow());
    // Where sums overflow all rows are as far: a walk without bound would see each for each.
    walk.run(links, scorer, pool, mostSteps, StopSignal.NEVER);
    for (int i = 0; i < pool.size(); i++) {
      int host = pool.node(i);
      int count = links.count(host);
      if (count < links.degree()) {
        ground.set(host, count, row, pool.rank(i));
        return;
      }
    }
    int host = pool.node(0);
    int last = links.degree() - 1;
    int handedOn = links.link(host, last);
    float rank = ground.rank(host, last);
    ground.set(row, Math.min(links.count(row), last), handedOn, rank);
    ground.set(host, last, row, pool.rank(0));
  }
}

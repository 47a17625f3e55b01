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
  private final int mostSteps;

  /**
   * @param scorer ranks rows against the row inserted
   * @param pairs ranks candidates against each other
   */
  GraphInserter(GrowingGraph graph, RowScorer scorer, RowScorer pairs) {
    this.graph = graph;
    this.scorer = scorer;
    this.mostSteps = STEPS_A_CANDIDATE * graph.efConstruction();
    int most = Math.max(graph.efConstruction(), 2 * graph.m() + 1);
    this.diverse = new DiverseLinks(pairs, most);
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
    walk.visited().clear(graph.rows());
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
    walk.visited().clear(graph.rows());
    walk.visited().add(nodes[level]);
    walk.seed(links, scorer, pool, from);
    walk.run(links, scorer, pool, mostSteps, StopSignal.NEVER);
    if (level == 0 && pool.size() < graph.m()) {
      // The descent ended at a row that another thread is just linking.
      walk.seed(links, scorer, pool, graph.entryRow());
      walk.run(links, scorer, pool, mostSteps, StopSignal.NEVER);
    }
    found.clear();
    for (int i = 0; i < pool.size(); i++) {
      found.append(pool.node(i), links.row(pool.node(i)), pool.rank(i));
    }
    diverse.choose(found, graph.m());
    own.clear();
    for (int i = 0; i < diverse.count(); i++) {
      int candidate = diverse.chosen(i);
      own.append(found.node(candidate), found.row(candidate), found.rank(candidate));
    }
    int next = level == 0 ? row : links.below(pool.node(0));
    writeOwn(level);
    for (int i = 0; i < own.count(); i++) {
      linkBack(level, own.node(i), row, own.rank(i));
    }
    return next;
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

  private void linkBack(int level, int to, int row, float rank) {
    graph.locks().lock(level, to);
    try {
      GrowingLevel growing = graph.level(level);
      int count = growing.links().count(to);
      if (count < growing.links().degree()) {
        growing.set(to, count, nodes[level], rank);
      } else {
        prune(growing, to, count, row, nodes[level], rank);
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

  private int salt(int row) {
    return (int) RowLevels.mix(graph.seed() ^ row) & Integer.MAX_VALUE;
  }

  /**
   * Links a node that cannot be reached from one that can: from the nearest with room, or else from
   * the nearest, whose last link is handed on to the node, so that nothing else is lost.
   */
  void adopt(int row) {
    scorer.queryRow(row);
    walk.visited().clear(graph.rows());
    GrowingLevel ground = graph.level(0);
    LinkTable links = ground.links();
    pool.reset(graph.efConstruction());
    pool.salt(salt(row));
    walk.visited().add(row);
    walk.seed(links, scorer, pool, graph.entryRow());
    walk.run(links, scorer, pool, StopSignal.NEVER);
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

package io.quiver.planner.physical;

import io.quiver.engine.search.SearchStatistics;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each node of a run did, for EXPLAIN ANALYZE. For one thread. */
public final class ExecutionProfile {
  private final Map<PlanNode, NodeProfile> nodes = new IdentityHashMap<>();

  /** What one node did, over all times it was opened. */
  public static final class NodeProfile {
    private long opened;
    private long rows;
    private long nanos;
    private final List<SearchStatistics> searches = new ArrayList<>();

    /** How many times it was opened. */
    public long opened() {
      return opened;
    }

    /** Rows it gave. */
    public long rows() {
      return rows;
    }

    /** Time spent in it and the nodes under it. */
    public long nanos() {
      return nanos;
    }

    /** What the engine's searches did, where the node searches. */
    public List<SearchStatistics> searches() {
      return List.copyOf(searches);
    }
  }

  /** What a node did; nothing yet if it never ran. */
  public NodeProfile of(PlanNode node) {
    return nodes.computeIfAbsent(node, n -> new NodeProfile());
  }

  void searched(PlanNode node, SearchStatistics statistics) {
    of(node).searches.add(statistics);
  }

  /** A node's rows were read by the node above it. */
  void scanned(PlanNode node, long rows, long nanos) {
    NodeProfile profile = of(node);
    profile.opened++;
    profile.rows += rows;
    profile.nanos += nanos;
  }

  RowSource open(PlanNode node, Execution execution) {
    NodeProfile profile = of(node);
    profile.opened++;
    long start = System.nanoTime();
    RowSource source = node.open(execution);
    profile.nanos += System.nanoTime() - start;
    return new Counted(source, profile);
  }

  private record Counted(RowSource source, NodeProfile profile) implements RowSource {
    @Override
    public @Nullable Object @Nullable [] next() {
      long start = System.nanoTime();
      @Nullable Object @Nullable [] row = source.next();
      profile.nanos += System.nanoTime() - start;
      if (row != null) {
        profile.rows++;
      }
      return row;
    }

    @Override
    public void close() {
      source.close();
    }
  }
}

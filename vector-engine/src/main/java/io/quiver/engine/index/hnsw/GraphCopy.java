package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.RowScorer;
import java.util.Arrays;

/**
 * Takes what is left of a former graph into a new one: nodes that are kept with the links between
 * them, under their new numbers; then links those anew that have lost neighbours, to what these
 * were linked to.
 *
 * <p>After Lucene's merging of graphs and the healing of Qdrant; a copied node costs about a
 * hundredth of an inserted one, a healed one a tenth.
 */
final class GraphCopy {
  private static final int NODES_TRIED = 500;
  private static final double EQUAL_MOST = .25;

  private final FormerGraph former;
  private final byte[] levels;
  private int[][] newNodes = {};

  /**
   * @param rows of the new segment
   */
  GraphCopy(FormerGraph former, int rows) {
    this.former = former;
    this.levels = new byte[rows];
    Arrays.fill(levels, (byte) -1);
    for (int row = 0; row < former.count(0); row++) {
      if (former.newRow(row) >= 0) {
        levels[former.newRow(row)] = 0;
      }
    }
    for (int level = 1; level <= former.top(); level++) {
      for (int node = 0; node < former.count(level); node++) {
        int row = newRow(level, node);
        if (row >= 0) {
          levels[row] = (byte) level;
        }
      }
    }
  }

  private int newRow(int level, int node) {
    return former.newRow(former.graph().level(level).row(node));
  }

  /** Whether a row of the new segment is a node of the former graph. */
  boolean has(int row) {
    return levels[row] >= 0;
  }

  /** The highest level of a row that is kept. */
  int levelOf(int row) {
    return levels[row];
  }

  /**
   * Whether many nodes, of some that are tried, are linked to a row that is the same, as far as the
   * codes tell. Where rows are equal by the thousand, few links lead elsewhere, and what is lost of
   * these is not made up for by healing.
   */
  boolean isAmongEquals(RowScorer pairs) {
    LinkTable links = former.graph().level(0);
    int[] rows = new int[links.degree() + 1];
    float[] ranks = new float[rows.length + RowScorer.SLACK];
    int tried = 0;
    int equal = 0;
    for (int i = 0; i < NODES_TRIED; i++) {
      // At even distances there may be a pattern.
      int node = (int) Long.remainderUnsigned(RowLevels.mix(i), former.count(0));
      int row = former.newRow(node);
      if (row >= 0) {
        rows[0] = row;
        int count = 1;
        for (int j = 0; j < links.degree() && links.link(node, j) >= 0; j++) {
          int kept = former.newRow(links.link(node, j));
          if (kept >= 0) {
            rows[count++] = kept;
          }
        }
        pairs.queryRow(row);
        pairs.ranks(rows, count, ranks);
        tried++;
        equal += isRepeated(ranks, count) ? 1 : 0;
      }
    }
    return equal > EQUAL_MOST * tried;
  }

  private static boolean isRepeated(float[] ranks, int count) {
    for (int i = 1; i < count; i++) {
      if (ranks[i] == ranks[0]) {
        return true;
      }
    }
    return false;
  }

  /** Copies nodes and links; the links have no ranks yet. */
  void copyTo(GrowingGraph graph) {
    newNodes = new int[former.top() + 1][];
    for (int level = 0; level <= former.top(); level++) {
      newNodes[level] = new int[former.count(level)];
      for (int node = 0; node < newNodes[level].length; node++) {
        newNodes[level][node] = addNode(graph, level, node);
      }
    }
    for (int level = 0; level <= former.top(); level++) {
      for (int node = 0; node < newNodes[level].length; node++) {
        if (newNodes[level][node] >= 0) {
          copyLinks(graph.level(level), level, node);
        }
      }
    }
  }

  private int addNode(GrowingGraph graph, int level, int node) {
    int row = level == 0 ? former.newRow(node) : newRow(level, node);
    if (row < 0 || level == 0) {
      if (row >= 0) {
        graph.raiseEntry(0, row);
      }
      return row;
    }
    int below = newNodes[level - 1][former.graph().level(level).below(node)];
    int made = graph.level(level).add(row, below);
    graph.raiseEntry(level, made);
    return made;
  }

  private void copyLinks(GrowingLevel to, int level, int node) {
    LinkTable from = former.graph().level(level);
    int count = 0;
    for (int i = 0; i < from.degree(); i++) {
      int link = from.link(node, i);
      if (link < 0) {
        break;
      }
      int kept = newNode(level, link);
      if (kept >= 0) {
        to.links().setLink(newNodes[level][node], count++, kept);
      }
    }
  }

  /** A former node's number in the new graph; -1 if it is left out or came too late. */
  private int newNode(int level, int node) {
    return node < newNodes[level].length ? newNodes[level][node] : -1;
  }

  /** Former nodes of a level. */
  int count(int level) {
    return newNodes[level].length;
  }

  int top() {
    return former.top();
  }

  /** Ranks the links of a former node that is kept. */
  void rankLinks(int level, int node, GraphInserter inserter) {
    int kept = newNodes[level][node];
    if (kept >= 0) {
      inserter.rankLinks(level, kept);
    }
  }

  /**
   * Finds new neighbours for a former node that is kept and has lost some: those of the lost ones,
   * and where these are lost as well, theirs.
   */
  void heal(int level, int node, GraphInserter inserter) {
    int kept = newNodes[level][node];
    if (kept < 0) {
      return;
    }
    LinkTable from = former.graph().level(level);
    Gathered gathered = new Gathered(kept);
    int lost = 0;
    for (int i = 0; i < from.degree(); i++) {
      int link = from.link(node, i);
      if (link < 0) {
        break;
      }
      if (newNode(level, link) < 0) {
        lost++;
        gather(from, level, link, gathered);
      } else {
        gathered.known(newNode(level, link));
      }
    }
    if (lost > 0) {
      inserter.heal(level, kept, gathered.nodes, gathered.count);
    }
  }

  private void gather(LinkTable from, int level, int lost, Gathered gathered) {
    for (int i = 0; i < from.degree(); i++) {
      int link = from.link(lost, i);
      if (link < 0) {
        return;
      }
      int kept = newNode(level, link);
      if (kept >= 0) {
        gathered.add(kept);
      }
    }
  }

  /** Nodes without repetition: a small table of those there are. */
  private static final class Gathered {
    private int[] nodes = new int[256];
    private int[] table = new int[1024];
    private int count;
    private int filled;

    Gathered(int self) {
      Arrays.fill(table, -1);
      known(self);
    }

    void add(int node) {
      if (known(node)) {
        if (count == nodes.length) {
          nodes = Arrays.copyOf(nodes, 2 * count);
        }
        nodes[count++] = node;
      }
    }

    /** Notes a node; whether it was not known. */
    boolean known(int node) {
      if (2 * filled >= table.length) {
        grow();
      }
      if (!put(node)) {
        return false;
      }
      filled++;
      return true;
    }

    private boolean put(int node) {
      int at = node * 0x9E3779B9 >>> 1;
      for (int slot = at & (table.length - 1); ; slot = (slot + 1) & (table.length - 1)) {
        if (table[slot] == node) {
          return false;
        }
        if (table[slot] < 0) {
          table[slot] = node;
          return true;
        }
      }
    }

    private void grow() {
      int[] old = table;
      table = new int[2 * old.length];
      Arrays.fill(table, -1);
      for (int node : old) {
        if (node >= 0) {
          put(node);
        }
      }
    }
  }
}

package io.quiver.engine.index.hnsw;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.SearchEffort;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Graphs over the rows of single tenants, which a segment keeps together, beside the one over all
 * (after Qdrant's links for the values of a payload field): a search among the rows of one tenant
 * walks through them alone.
 *
 * <p>Which tenants a filter admits is seen from the rows it admits, whatever it says. Rows that are
 * in none of these graphs, those of small tenants and those that were given another tenant since,
 * are searched by the index over all.
 *
 * <p>On disk it is one section, little-endian (docs/format.md, "Graphs of tenants"):
 *
 * <pre>
 *   0  u64  magic "QVTNTS\0\1"
 *   8  u32  graphs
 *  64       each at a multiple of 64: u32 its first row, 60 bytes 0, then the graph
 * </pre>
 */
public final class TenantGraphs implements DenseIndex {
  /** A tenant of fewer rows is scanned nearly as fast as a graph is walked through. */
  static final int ROWS_LEAST = 4096;

  /** A graph of this much of all rows would save nothing. */
  private static final double SHARE_MOST = .8;

  static final long MAGIC = 0x0100_5354_4E54_5651L;
  static final int HEADER = 64;

  private final HnswIndex whole;
  private final List<Part> parts;

  /** A tenant's rows and the graph over them. */
  private record Part(int from, int to, HnswIndex index) {}

  private TenantGraphs(HnswIndex whole, List<Part> parts) {
    this.whole = whole;
    this.parts = parts;
  }

  /** None. */
  public static TenantGraphs none(HnswIndex whole) {
    return new TenantGraphs(whole, List.of());
  }

  /** Whether rows that are kept together get a graph of their own. */
  public static boolean isWorthwhile(int rows, int ofAll) {
    return rows >= ROWS_LEAST && rows <= SHARE_MOST * ofAll;
  }

  /**
   * Reads graphs where they are.
   *
   * @param whole the index over all rows, whose codes and vectors the walks read
   * @throws CorruptDataException if the section is not one of such graphs
   */
  public static TenantGraphs map(MemorySegment section, HnswIndex whole) {
    if (section.byteSize() < HEADER || section.get(LittleEndian.LONG, 0) != MAGIC) {
      throw new CorruptDataException("Graphs of tenants do not begin with their mark");
    }
    int count = section.get(LittleEndian.INT, 8);
    List<Part> parts = new ArrayList<>();
    long at = HEADER;
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (section.byteSize() < at + HEADER) {
        throw new CorruptDataException("A graph of a tenant is missing, of " + count);
      }
      int from = section.get(LittleEndian.INT, at);
      HnswGraph graph = HnswGraph.map(section.asSlice(at + HEADER));
      if (from < next || from > whole.rows() - graph.rows()) {
        throw new CorruptDataException("A graph of a tenant has rows that are not its");
      }
      next = from + graph.rows();
      parts.add(new Part(from, next, whole.part(graph, from)));
      at = CacheLine.align(at + HEADER + graph.byteSize());
    }
    return new TenantGraphs(whole, List.copyOf(parts));
  }

  /** Tenants that have a graph. */
  public int count() {
    return parts.size();
  }

  /** Tests every link of every graph, as {@link HnswIndex#verify} does. */
  public void verify() {
    parts.forEach(part -> part.index.verify());
  }

  /** The graphs, with that over all, for those of another segment to begin with. */
  public FormerGraph former(int[] newRows) {
    List<FormerGraph> ofTenants = new ArrayList<>();
    for (Part part : parts) {
      int[] theirs = new int[part.to - part.from];
      System.arraycopy(newRows, part.from, theirs, 0, theirs.length);
      ofTenants.add(part.index.former(theirs));
    }
    return whole.former(newRows).with(ofTenants);
  }

  @Override
  public NearestRows search(DenseQuery query) {
    RowBitmap allowed = query.allowed();
    if (allowed == null || parts.isEmpty()) {
      return whole.search(query);
    }
    int[] counts = new int[parts.size()];
    int others = allowed.cardinality();
    double apart = 0;
    for (int i = 0; i < counts.length; i++) {
      Part part = parts.get(i);
      counts[i] = allowed.count(part.from, part.to);
      others -= counts[i];
      apart += part.index.cost(counts[i], query.k(), query.ef());
    }
    boolean inNone = others == allowed.cardinality();
    apart += whole.cost(others, query.k(), query.ef());
    return inNone || apart >= whole.cost(allowed.cardinality(), query.k(), query.ef())
        ? whole.search(query)
        : searchApart(query, allowed, counts, others);
  }

  private NearestRows searchApart(DenseQuery query, RowBitmap allowed, int[] counts, int others) {
    NearestRows nearest = null;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        Part part = parts.get(i);
        boolean all = counts[i] == part.to - part.from;
        RowBitmap deleted = query.deleted();
        NearestRows found =
            part.index.search(
                query.among(
                    all ? null : allowed.slice(part.from, part.to),
                    deleted == null ? null : deleted.slice(part.from, part.to)));
        for (int j = 0; j < found.size(); j++) {
          found.rows()[j] += part.from;
        }
        nearest = merge(nearest, inGraph(found), query.k());
      }
    }
    if (others > 0 || nearest == null) {
      RowBitmap rest = allowed.copy();
      parts.forEach(part -> rest.removeAll(part.from, part.to));
      nearest = merge(nearest, whole.search(query.among(rest, query.deleted())), query.k());
    }
    return nearest;
  }

  /** Says of a walk where it was. */
  private static NearestRows inGraph(NearestRows found) {
    SearchEffort effort = found.effort();
    SearchMode mode = effort.mode();
    return mode == SearchMode.GRAPH || mode == SearchMode.SWEEP
        ? new NearestRows(found.rows(), found.distances(), effort.in(SearchMode.TENANT_GRAPH))
        : found;
  }

  private static NearestRows merge(@Nullable NearestRows a, NearestRows b, int k) {
    if (a == null) {
      return b;
    }
    NearestRows merged = NearestRows.merge(a, b, k);
    boolean walked = b.effort().mode() == SearchMode.TENANT_GRAPH;
    return walked
        ? new NearestRows(
            merged.rows(), merged.distances(), merged.effort().in(SearchMode.TENANT_GRAPH))
        : merged;
  }
}

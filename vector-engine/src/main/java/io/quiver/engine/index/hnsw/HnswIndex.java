package io.quiver.engine.index.hnsw;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.kernel.SlicedRows;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.search.RowBitmap;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A graph over the vectors of one segment, the codes its walks read, and the vectors themselves for
 * the final order.
 *
 * <p>On disk it is one section, little-endian (docs/format.md, "HNSW index"):
 *
 * <pre>
 *   0  u64  magic "QVHNIX\0\1"
 *   8  u32  metric: 0 cosine, 1 L2, 2 inner product, 3 L1
 *  12  u32  codes: 0 none, 1 int8, 2 int4, 3 bits
 *  16  u64  bytes of the graph
 *  24  u64  bytes of the codes
 *  64       graph, then at the next multiple of 64 bytes the codes
 * </pre>
 */
public final class HnswIndex implements DenseIndex {
  private static final long MAGIC = 0x0100_5849_4E48_5651L;
  private static final int HEADER = 64;

  /** Codes by their number on disk. */
  private static final List<Quantization> KINDS =
      List.of(Quantization.NONE, Quantization.INT8, Quantization.INT4, Quantization.BIT);

  private static final ValueLayout.OfInt INT = LittleEndian.INT;
  private static final ValueLayout.OfLong LONG = LittleEndian.LONG;

  private final HnswGraph graph;
  private final @Nullable RowCodes codes;
  private final VectorRows rows;
  private final DistanceMetric metric;
  private final @Nullable RowBitmap present;
  private final ConcurrentLinkedQueue<HnswSearcher> idle = new ConcurrentLinkedQueue<>();

  HnswIndex(HnswGraph graph, @Nullable RowCodes codes, VectorRows rows, DistanceMetric metric) {
    this.graph = graph;
    this.codes = codes;
    this.rows = rows;
    this.metric = metric;
    this.present = QualifyingRows.present(rows, graph.rows());
  }

  /**
   * Reads an index where it is, without copying.
   *
   * @param section begins at a multiple of 64 bytes of its file
   * @param rows the vectors it was built over
   * @throws CorruptDataException if the section is not such an index
   */
  public static HnswIndex map(MemorySegment section, VectorRows rows, DistanceMetric metric) {
    if (section.byteSize() < HEADER || section.get(LONG, 0) != MAGIC) {
      throw new CorruptDataException("An HNSW index does not begin with its mark");
    }
    int metricCode = section.get(INT, 8);
    int codesKind = section.get(INT, 12);
    long graphBytes = section.get(LONG, 16);
    long codesBytes = section.get(LONG, 24);
    if (metricCode != codeOf(metric)
        || codesKind < 0
        || codesKind >= KINDS.size()
        || graphBytes < 0
        || codesBytes < 0
        || section.byteSize() - CacheLine.align(HEADER + graphBytes) < codesBytes) {
      throw new CorruptDataException("The header of an HNSW index is wrong");
    }
    HnswGraph graph = HnswGraph.map(section.asSlice(HEADER, graphBytes));
    @Nullable RowCodes codes =
        codesKind == 0
            ? null
            : RowCodes.map(
                KINDS.get(codesKind),
                section.asSlice(CacheLine.align(HEADER + graphBytes), codesBytes));
    HnswIndex index = new HnswIndex(graph, codes, rows, metric);
    index.checkFits();
    return index;
  }

  private void checkFits() {
    boolean fits = graph.rows() <= rows.rows();
    if (codes != null) {
      fits &= codes.rows() == graph.rows();
      fits &= codes.dimension() == rows.dimension() && codes.metric() == metric;
    }
    if (!fits) {
      throw new CorruptDataException(
          "An HNSW index of " + graph.rows() + " rows is not of these " + rows.rows() + " vectors");
    }
  }

  /** Bytes of the section. */
  public long byteSize() {
    return codes == null
        ? HEADER + graph.byteSize()
        : CacheLine.align(HEADER + graph.byteSize()) + codes.byteSize();
  }

  /** Writes the section, {@link #byteSize} bytes. */
  public void writeTo(ByteSink sink) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(HEADER);
      header.set(LONG, 0, MAGIC);
      header.set(INT, 8, codeOf(metric));
      header.set(INT, 12, codes == null ? 0 : KINDS.indexOf(codes.kind()));
      header.set(LONG, 16, graph.byteSize());
      header.set(LONG, 24, codes == null ? 0 : codes.byteSize());
      sink.write(header);
    }
    sink.write(graph.image().asSlice(0, graph.byteSize()));
    if (codes != null) {
      sink.align(64);
      codes.writeTo(sink);
    }
  }

  /**
   * Tests every link, and that every row with a vector can be reached.
   *
   * @throws CorruptDataException at the first thing that is wrong
   */
  public void verify() {
    new GraphCheck(graph).run();
    for (int row = 0; row < graph.rows(); row++) {
      boolean absent = graph.level(0).link(row, 0) == LinkTable.ABSENT;
      if (absent != rows.isNull(row)) {
        throw new CorruptDataException("Graph node " + row + " differs from its vector's presence");
      }
    }
  }

  @Override
  public NearestRows search(DenseQuery query) {
    HnswSearcher searcher = searcher();
    NearestRows found = searcher.search(query);
    idle.add(searcher);
    return found;
  }

  /**
   * Searches one way, whatever would be best: so that the choice can be measured.
   *
   * @param way {@link SearchMode#SCAN} or {@link SearchMode#SWEEP}
   */
  public NearestRows search(DenseQuery query, SearchMode way) {
    HnswSearcher searcher = searcher();
    NearestRows found = searcher.search(query, way);
    idle.add(searcher);
    return found;
  }

  private HnswSearcher searcher() {
    HnswSearcher searcher = idle.poll();
    return searcher == null ? new HnswSearcher(graph, codes, rows, metric, present) : searcher;
  }

  /**
   * What a search is expected to cost, in distance evaluations of a walk.
   *
   * @param qualifying how many rows could be found
   */
  double cost(int qualifying, int k, int ef) {
    int found = Math.min(qualifying, graph.nodes());
    return found == 0
        ? 0
        : new WalkPlan(graph.nodes(), graph.m(), found, Math.min(k, found), Math.min(ef, found))
            .cost();
  }

  /** About how many rows a walk of a large graph ranks that keeps so many candidates. */
  public static long ranked(long candidates) {
    return (long) (WalkPlan.EVALUATIONS_FIXED + WalkPlan.EVALUATIONS_PER_CANDIDATE * candidates);
  }

  /** An index over some of the rows, from {@code from} on, by a graph of their own. */
  HnswIndex part(HnswGraph own, int from) {
    return new HnswIndex(
        own,
        codes == null ? null : codes.slice(from, own.rows()),
        new SlicedRows(rows, from, own.rows()),
        metric);
  }

  HnswGraph graph() {
    return graph;
  }

  /**
   * The graph, for that of another segment to begin with.
   *
   * @param newRows for each row its number there, -1 where it is left out
   */
  public FormerGraph former(int[] newRows) {
    int[] counts = new int[graph.top() + 1];
    for (int level = 0; level < counts.length; level++) {
      counts[level] = graph.count(level);
    }
    return new FormerGraph(graph, counts, newRows);
  }

  public DistanceMetric metric() {
    return metric;
  }

  /** Rows it was built over. */
  public int rows() {
    return graph.rows();
  }

  /**
   * What the walk reads: {@code "int8"}, {@code "int4"} or {@code "bit"} codes, or {@code "full"}
   * vectors.
   */
  public String walks() {
    return codes == null ? "full" : codes.kind().name().toLowerCase(Locale.ROOT);
  }

  private static int codeOf(DistanceMetric metric) {
    return switch (metric) {
      case COSINE -> 0;
      case L2 -> 1;
      case INNER_PRODUCT -> 2;
      case L1 -> 3;
    };
  }
}

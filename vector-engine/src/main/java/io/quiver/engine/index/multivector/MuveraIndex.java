package io.quiver.engine.index.multivector;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.hnsw.HnswIndex;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A graph over the {@link FixedDimensionalEncoding} of each row's multivector: finds the rows whose
 * MaxSim is worth computing. Safe for many threads.
 *
 * <p>On disk it is one section, little-endian (docs/format.md, "MUVERA index"):
 *
 * <pre>
 *   0  u64  magic "QVMUVE\0\1"
 *   8  u32  rows
 *  12  u32  dimension of a token
 *  16  u32  repetitions
 *  20  u32  planes of a repetition
 *  24  u32  components of a block
 *  32  u64  seed of the planes
 *  40  u64  bytes of the graph
 *  64       encodings, then at the next multiple of 64 bytes an HNSW index over them
 * </pre>
 */
public final class MuveraIndex {
  static final long MAGIC = 0x0100_4556_554d_5651L;
  static final int HEADER = 64;

  static final ValueLayout.OfInt INT = LittleEndian.INT;
  static final ValueLayout.OfLong LONG = LittleEndian.LONG;

  /** Documents ranked by MaxSim for each candidate of {@code ef_search}. */
  private static final int RANKED_PER_CANDIDATE = 4;

  /** Documents ranked by MaxSim for each row wanted. */
  private static final int RANKED_PER_ROW = 20;

  /** Comparing so many times more documents costs less than it wins. */
  private static final int WORTHWHILE = 2;

  private final FixedDimensionalEncoding encoding;
  private final MuveraShape shape;
  private final EncodedRows rows;
  private final HnswIndex graph;

  MuveraIndex(MuveraShape shape, EncodedRows rows, HnswIndex graph) {
    this.shape = shape;
    this.encoding = shape.encoding();
    this.rows = rows;
    this.graph = graph;
  }

  /**
   * Reads an index where it is, without copying.
   *
   * @param source the multivectors it was built over
   * @throws CorruptDataException if the section is not such an index
   */
  public static MuveraIndex map(MemorySegment section, MultiVectorRows source) {
    if (section.byteSize() < HEADER || section.get(LONG, 0) != MAGIC) {
      throw new CorruptDataException("A MUVERA index does not begin with its mark");
    }
    int count = section.get(INT, 8);
    MuveraShape shape = MuveraShape.read(section);
    long graphBytes = section.get(LONG, 40);
    if (count < 0 || count > source.rows() || shape.tokenDimension() != source.dimension()) {
      throw new CorruptDataException(
          "A MUVERA index of " + count + " rows is not of these " + source.rows());
    }
    long encodings = EncodedRows.bytes(count, shape.size());
    long graphAt = CacheLine.align(HEADER + encodings);
    if (graphBytes < 0 || section.byteSize() - graphAt < graphBytes) {
      throw new CorruptDataException("The header of a MUVERA index is wrong");
    }
    EncodedRows rows = new EncodedRows(source, shape.size(), section.asSlice(HEADER, encodings));
    return new MuveraIndex(
        shape,
        rows,
        HnswIndex.map(section.asSlice(graphAt, graphBytes), rows, DistanceMetric.INNER_PRODUCT));
  }

  /** Writes the section. */
  public void writeTo(ByteSink sink) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(HEADER);
      header.set(LONG, 0, MAGIC);
      header.set(INT, 8, rows.rows());
      shape.write(header);
      header.set(LONG, 40, graph.byteSize());
      sink.write(header);
    }
    sink.write(rows.memory());
    sink.align(64);
    graph.writeTo(sink);
  }

  /** Documents to rank by MaxSim for a search. */
  static int ranked(int k, int efSearch) {
    return (int)
        Math.min(
            Integer.MAX_VALUE,
            Math.max((long) RANKED_PER_CANDIDATE * efSearch, (long) RANKED_PER_ROW * k));
  }

  /** Whether finding candidates first saves enough comparisons. */
  public static boolean isWorthwhile(int qualifying, int k, int efSearch) {
    return qualifying > (long) WORTHWHILE * ranked(k, efSearch);
  }

  /**
   * Rows to rank by MaxSim, enough for {@code k} of them, by the products of encodings.
   *
   * @param qualifying rows that may be found; all have tokens
   */
  public NearestRows candidates(
      MaxSimQuery query, int k, int efSearch, RowBitmap qualifying, StopSignal stop) {
    float[] encoded = query.encoded(encoding, shape);
    int ranked = ranked(k, efSearch);
    return graph.search(new DenseQuery(encoded, ranked, ranked, qualifying, null, stop));
  }

  /**
   * Tests the graph, and every encoding against its multivector.
   *
   * @throws CorruptDataException at the first thing that is wrong
   */
  public void verify() {
    graph.verify();
    MuveraEncoder encoder = new MuveraEncoder(encoding, rows.source());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment expected = arena.allocate(rows.stride(), 64);
      for (int row = 0; row < rows.rows(); row++) {
        encoder.encode(row, expected, 0);
        if (MemorySegment.mismatch(
                expected,
                0,
                rows.stride(),
                rows.memory(),
                rows.offset(row),
                rows.offset(row) + rows.stride())
            >= 0) {
          throw new CorruptDataException(
              "The encoding of row " + row + " is not that of its multivector");
        }
      }
    }
  }
}

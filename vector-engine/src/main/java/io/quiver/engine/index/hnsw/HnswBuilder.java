package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.quantize.Int8Codes;
import io.quiver.engine.quantize.Int8Scorer;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the graph of a segment's vectors, with several threads if asked. Rows that are null are
 * left out.
 *
 * <p>With one thread the graph depends on rows, specification and seed alone.
 */
public final class HnswBuilder {
  /** Until the graph has some body, threads would miss each other's rows. */
  static final int ROWS_ALONE = 512;

  /** Of a graph of which less than this share is left, a new one is better. */
  private static final double KEPT_LEAST = 0.5;

  /** Former neighbours from which a row's new ones are found without a descent. */
  private static final int NEAR_LEAST = 4;

  private final VectorRows rows;
  private final int count;
  private final IndexSpec.Hnsw spec;
  private final long seed;
  private final int threads;
  private final Quantization quantization;
  private final @Nullable RowBitmap present;
  private final List<FormerGraph> formers;

  /**
   * @param rows all of them are there already
   * @throws IllegalArgumentException if the specification asks for codes that there are not
   */
  public HnswBuilder(VectorRows rows, IndexSpec.Hnsw spec, long seed, int threads) {
    this(rows, spec, seed, threads, List.of());
  }

  /**
   * @param formers graphs of the same metric and m over rows that are among these; the one of which
   *     most is left is taken over unless too little of it is
   */
  public HnswBuilder(
      VectorRows rows, IndexSpec.Hnsw spec, long seed, int threads, List<FormerGraph> formers) {
    this.formers = List.copyOf(formers);
    this.rows = rows;
    this.count = rows.rows();
    this.spec = spec;
    this.seed = seed;
    this.threads = threads;
    this.quantization = WalkCodes.resolve(spec.quantization(), spec.metric(), rows);
    this.present = QualifyingRows.present(rows, count);
  }

  /**
   * Builds the index, which lives in {@code arena}.
   *
   * @throws RuntimeException what {@code progress} threw
   */
  public HnswIndex build(Arena arena, BuildProgress progress) {
    @Nullable Int8Codes codes =
        quantization == Quantization.NONE ? null : Int8Codes.encode(rows, spec.metric(), arena);
    HnswGraph graph;
    try (Arena scratch = Arena.ofShared()) {
      @Nullable MemorySegment factors =
          codes == null ? null : Int8Scorer.pairFactors(codes, scratch);
      @Nullable GraphCopy copy = copy();
      if (copy != null && copy.isAmongEquals(pairScorer(codes, factors))) {
        copy = null;
      }
      graph = allocate(arena, copy);
      if (graph.nodes() > 0) {
        link(graph, codes, factors, copy, scratch, progress);
      }
    }
    progress.indexed(graph.nodes());
    @Nullable RowCodes walkCodes = walkCodes(graph, codes, arena);
    graph.setSpread(GraphSpread.measure(graph, walkCodes, rows, spec.metric(), present));
    return new HnswIndex(graph, walkCodes, rows, spec.metric());
  }

  /** What walks will read: a graph is built by int8 codes, whichever come after. */
  private @Nullable RowCodes walkCodes(HnswGraph graph, @Nullable Int8Codes int8, Arena arena) {
    if (int8 == null || quantization == Quantization.INT8) {
      return int8;
    }
    if (quantization != Quantization.AUTO) {
      return RowCodes.encode(quantization, rows, spec.metric(), arena);
    }
    if (!RecallProbe.isWorthwhile(graph.nodes(), rows.dimension())) {
      return int8;
    }
    RowCodes int4 = RowCodes.encode(Quantization.INT4, rows, spec.metric(), arena);
    return new RecallProbe(graph, int8, rows, spec.metric(), present).holds(int4) ? int4 : int8;
  }

  /** What is taken over of the graph of which most is left. */
  private @Nullable GraphCopy copy() {
    FormerGraph best = null;
    int most = 0;
    for (FormerGraph former : formers) {
      int kept = former.kept();
      if (kept > 0 && kept >= most && kept >= KEPT_LEAST * former.nodes()) {
        best = former;
        most = kept;
      }
    }
    return best == null ? null : new GraphCopy(best, count);
  }

  private HnswGraph allocate(Arena arena, @Nullable GraphCopy copy) {
    RowLevels levels = new RowLevels(seed, spec.m());
    int[] counts =
        RowLevels.counts(
            count,
            row ->
                !isPresent(row)
                    ? 0
                    : copy != null && copy.has(row) ? copy.levelOf(row) : levels.of(row));
    int nodes = present == null ? count : present.cardinality();
    HnswGraph graph =
        HnswGraph.allocate(arena, count, nodes, spec.m(), spec.efConstruction(), seed, counts);
    for (int row = 0; row < count; row++) {
      if (!isPresent(row)) {
        graph.level(0).setLink(row, 0, LinkTable.ABSENT);
      }
    }
    return graph;
  }

  private boolean isPresent(int row) {
    return present == null || present.contains(row);
  }

  private void link(
      HnswGraph graph,
      @Nullable Int8Codes codes,
      @Nullable MemorySegment factors,
      @Nullable GraphCopy copy,
      Arena scratch,
      BuildProgress progress) {
    GrowingGraph growing =
        new GrowingGraph(
            graph, spec.efConstruction(), new RowLevels(seed, spec.m()), seed, scratch);
    GraphInserter[] inserters = new GraphInserter[Math.max(1, threads)];
    for (int i = 0; i < inserters.length; i++) {
      inserters[i] =
          new GraphInserter(growing, pairScorer(codes, factors), pairScorer(codes, factors));
    }
    int next = 0;
    if (copy == null) {
      int alone = first(0);
      inserters[0].insertFirst(alone);
      next = alone + 1;
      for (; next < Math.min(count, ROWS_ALONE); next++) {
        if (isPresent(next)) {
          inserters[0].insert(next);
        }
      }
    } else {
      takeOver(copy, growing, inserters, progress);
    }
    NearRows near = new NearRows(copy == null ? List.of() : formers, count);
    ParallelInsertion.RowWork insert =
        (row, inserter) -> {
          if (isPresent(row) && (copy == null || !copy.has(row))) {
            insert(row, growing, inserter, near);
          }
        };
    new ParallelInsertion(inserters, insert, next, count, progress).run();
    adoptUnreachable(graph, growing, inserters[0]);
    graph.setEntry(GrowingGraph.nodeOfEntry(growing.entry()));
  }

  private static void takeOver(
      GraphCopy copy, GrowingGraph growing, GraphInserter[] inserters, BuildProgress progress) {
    copy.copyTo(growing);
    for (int i = 0; i <= copy.top(); i++) {
      int level = i;
      int nodes = copy.count(level);
      // Ranks first, all of them: healing prunes neighbours by theirs.
      new ParallelInsertion(
              inserters,
              (node, inserter) -> copy.rankLinks(level, node, inserter),
              0,
              nodes,
              rows -> progress.indexed(0))
          .run();
      new ParallelInsertion(
              inserters,
              (node, inserter) -> copy.heal(level, node, inserter),
              0,
              nodes,
              rows -> progress.indexed(0))
          .run();
    }
  }

  /** Inserts a row, from its former neighbours if enough of them are there. */
  private static void insert(int row, GrowingGraph growing, GraphInserter inserter, NearRows near) {
    int known =
        growing.levelOf(row) > 0 ? 0 : near.collect(row, growing.level(0).links(), inserter.near());
    if (known < NEAR_LEAST || !inserter.insertNear(row, known)) {
      inserter.insert(row);
    }
  }

  private int first(int from) {
    int row = from;
    while (!isPresent(row)) {
      row++;
    }
    return row;
  }

  private RowScorer pairScorer(@Nullable Int8Codes codes, @Nullable MemorySegment factors) {
    return codes == null || factors == null
        ? new VectorScorer(rows, spec.metric())
        : Int8Scorer.forPairs(codes, factors);
  }

  private void adoptUnreachable(HnswGraph graph, GrowingGraph growing, GraphInserter inserter) {
    Reachability reachability = new Reachability(graph.level(0), count);
    reachability.from(growing.entryRow());
    for (int row = 0; row < count && reachability.count() < graph.nodes(); row++) {
      if (isPresent(row) && !reachability.has(row)) {
        inserter.adopt(row);
        reachability.from(row);
      }
    }
  }
}

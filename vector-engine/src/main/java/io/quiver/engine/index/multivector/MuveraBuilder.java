package io.quiver.engine.index.multivector;

import io.quiver.engine.index.hnsw.BuildProgress;
import io.quiver.engine.index.hnsw.HnswBuilder;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** Builds the index of a segment's multivectors. */
public final class MuveraBuilder {
  private static final int ROWS_A_PART = 256;

  private final MultiVectorRows source;
  private final IndexSpec.Muvera spec;
  private final long seed;
  private final int threads;

  /**
   * @param source all rows are there already
   * @param seed of the graph's levels; the encoding does not depend on it
   */
  public MuveraBuilder(MultiVectorRows source, IndexSpec.Muvera spec, long seed, int threads) {
    this.source = source;
    this.spec = spec;
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * Builds the index, which lives in {@code arena}.
   *
   * @throws RuntimeException what {@code progress} threw
   */
  public MuveraIndex build(Arena arena, BuildProgress progress) {
    MuveraShape shape = MuveraShape.of(source.dimension());
    MemorySegment memory = arena.allocate(EncodedRows.bytes(source.rows(), shape.size()), 64);
    EncodedRows rows = new EncodedRows(source, shape.size(), memory);
    encode(shape, rows, progress);
    IndexSpec.Hnsw graph =
        new IndexSpec.Hnsw(
            spec.name(),
            spec.column(),
            DistanceMetric.INNER_PRODUCT,
            spec.m(),
            spec.efConstruction(),
            Quantization.INT8);
    return new MuveraIndex(
        shape, rows, new HnswBuilder(rows, graph, seed, threads).build(arena, progress));
  }

  private void encode(MuveraShape shape, EncodedRows rows, BuildProgress progress) {
    FixedDimensionalEncoding encoding = shape.encoding();
    int parts = (rows.rows() + ROWS_A_PART - 1) / ROWS_A_PART;
    IntStream every = IntStream.range(0, parts);
    (threads > 1 ? every.parallel() : every)
        .forEach(
            part -> {
              progress.indexed(0);
              MuveraEncoder encoder = new MuveraEncoder(encoding, source);
              int end = Math.min(rows.rows(), (part + 1) * ROWS_A_PART);
              for (int row = part * ROWS_A_PART; row < end; row++) {
                encoder.encode(row, rows.memory(), rows.offset(row));
              }
            });
  }
}

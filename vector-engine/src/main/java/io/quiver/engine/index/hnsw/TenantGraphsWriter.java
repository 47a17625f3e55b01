package io.quiver.engine.index.hnsw;

import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.kernel.SlicedRows;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Builds the graphs of a segment's large tenants one after the other, and writes each at once. */
public final class TenantGraphsWriter {
  private final VectorRows rows;
  private final IndexSpec.Hnsw spec;
  private final long seed;
  private final int threads;
  private final List<FormerGraph> formers;

  /** Rows of a tenant: from one to before another. */
  public record Run(int from, int to) {
    public int rows() {
      return to - from;
    }
  }

  /**
   * @param rows in one chunk
   * @param formers graphs over rows that are among these
   */
  public TenantGraphsWriter(
      VectorRows rows, IndexSpec.Hnsw spec, long seed, int threads, List<FormerGraph> formers) {
    this.rows = rows;
    this.spec = spec;
    this.seed = seed;
    this.threads = threads;
    this.formers = formers;
  }

  /**
   * Writes the section.
   *
   * @param progress hears how many rows of all the runs are in their graphs
   */
  public void write(List<Run> runs, ByteSink sink, BuildProgress progress) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(TenantGraphs.HEADER);
      header.set(LittleEndian.LONG, 0, TenantGraphs.MAGIC);
      header.set(LittleEndian.INT, 8, runs.size());
      sink.write(header);
    }
    int before = 0;
    for (Run run : runs) {
      int done = before;
      try (Arena arena = Arena.ofShared()) {
        HnswIndex index = build(run, arena, indexed -> progress.indexed(done + indexed));
        sink.align(CacheLine.BYTES);
        MemorySegment header = arena.allocate(TenantGraphs.HEADER);
        header.set(LittleEndian.INT, 0, run.from);
        sink.write(header);
        sink.write(index.graph().image().asSlice(0, index.graph().byteSize()));
      }
      before += run.rows();
    }
  }

  /** Builds by codes of its own, which are not kept: walks read those of the index over all. */
  private HnswIndex build(Run run, Arena arena, BuildProgress progress) {
    boolean coded = spec.quantization() != Quantization.NONE && RowCodes.serves(spec.metric());
    IndexSpec.Hnsw own =
        new IndexSpec.Hnsw(
            spec.name(),
            spec.column(),
            spec.metric(),
            spec.m(),
            spec.efConstruction(),
            coded ? Quantization.INT8 : Quantization.NONE);
    List<FormerGraph> theirs = new ArrayList<>();
    formers.forEach(former -> former.addWithin(run.from, run.to, theirs));
    return new HnswBuilder(new SlicedRows(rows, run.from, run.rows()), own, seed, threads, theirs)
        .build(arena, progress);
  }
}

package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.DenseColumn;
import io.quiver.engine.column.MultiVectorColumn;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.column.SparseColumn;
import io.quiver.engine.filter.PayloadIndex;
import io.quiver.engine.index.hnsw.BuildProgress;
import io.quiver.engine.index.hnsw.FormerGraph;
import io.quiver.engine.index.hnsw.HnswBuilder;
import io.quiver.engine.index.hnsw.HnswIndex;
import io.quiver.engine.index.hnsw.TenantGraphs;
import io.quiver.engine.index.hnsw.TenantGraphsWriter;
import io.quiver.engine.index.hnsw.TenantGraphsWriter.Run;
import io.quiver.engine.index.multivector.MuveraBuilder;
import io.quiver.engine.index.multivector.MuveraIndex;
import io.quiver.engine.index.sparse.Bm25Curve;
import io.quiver.engine.index.sparse.InvertedIndex;
import io.quiver.engine.index.sparse.InvertedIndexBuilder;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.FileKind;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.HugePages;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.io.SectionFileWriter;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Indexes of sealed segments, each a file of one section {@code index} beside the rows, so that an
 * index can come and go without the rows being touched.
 */
final class IndexFiles {
  private static final String SECTION = "index";
  private static final String TENANTS = "tenants";
  private static final int ALIGNMENT = 4096;

  private final FileStore files;
  private final long database;

  IndexFiles(FileStore files, long database) {
    this.files = files;
    this.database = database;
  }

  /**
   * What an index is built with.
   *
   * @param formers graphs over rows the segment was made of
   * @param tenants runs of rows of one tenant that get a graph of their own
   */
  record Building(
      long seed,
      int threads,
      List<FormerGraph> formers,
      List<Run> tenants,
      IntConsumer rowsIndexed,
      StopSignal stop) {
    private void heard(int rows) {
      stop.check();
      rowsIndexed.accept(rows);
    }

    /** Progress of part of the work: of the graph over all rows, or of those of tenants. */
    private BuildProgress part(int before, int of, int rows) {
      return indexed -> heard((int) ((long) rows * (before + indexed) / Math.max(1, of)));
    }

    private int rowsOfTenants() {
      return tenants.stream().mapToInt(Run::rows).sum();
    }
  }

  /** The column an index is over, if this segment stores it. */
  static Optional<FirstUse<Column>> column(
      SealedSegment segment, CollectionSchema schema, IndexSpec spec) {
    return schema.columns().stream()
        .filter(column -> column.name().equals(spec.column()))
        .filter(column -> segment.stores(column.id()))
        .findFirst()
        .map(column -> segment.unread(column.id()));
  }

  /** Builds an index and writes its file, durable once its directory is synced. */
  void write(String path, SealedSegment segment, IndexSpec spec, Column column, Building building)
      throws IOException {
    try (SectionFileWriter writer =
        new SectionFileWriter(files, path, FileKind.INDEX, database, segment.id())) {
      ByteSink sink = writer.section(SECTION, ALIGNMENT);
      switch (spec) {
        case IndexSpec.Hnsw hnsw -> {
          writeGraph((DenseColumn) column, hnsw, building, sink);
          if (hnsw.tenant().isPresent()) {
            ByteSink tenants = writer.section(TENANTS, ALIGNMENT);
            writeTenants((DenseColumn) column, hnsw, building, tenants);
          }
        }
        case IndexSpec.Inverted inverted -> {
          try (Arena arena = Arena.ofShared()) {
            InvertedIndexBuilder.forDotProduct((SparseColumn) column, arena, building.stop)
                .write(sink);
          }
        }
        case IndexSpec.Bm25 bm25 -> {
          try (Arena arena = Arena.ofShared()) {
            Bm25Curve curve = new Bm25Curve(bm25.k1(), bm25.b());
            InvertedIndexBuilder.forBm25((SparseColumn) column, curve, arena, building.stop)
                .write(sink);
          }
        }
        case IndexSpec.Muvera muvera ->
            writeCandidates((MultiVectorColumn) column, muvera, building, sink);
        case IndexSpec.Payload payload -> PayloadIndex.write((SealedColumn) column, sink);
      }
      building.stop.check();
      writer.finish();
    }
  }

  private static void writeGraph(
      DenseColumn column, IndexSpec.Hnsw spec, Building building, ByteSink sink)
      throws IOException {
    try (Arena arena = Arena.ofShared()) {
      int all = column.rows() + building.rowsOfTenants();
      new HnswBuilder(column, spec, building.seed, building.threads, building.formers)
          .build(arena, building.part(0, all, column.rows()))
          .writeTo(sink);
    }
  }

  private static void writeTenants(
      DenseColumn column, IndexSpec.Hnsw spec, Building building, ByteSink sink)
      throws IOException {
    int all = column.rows() + building.rowsOfTenants();
    new TenantGraphsWriter(column, spec, building.seed, building.threads, building.formers)
        .write(building.tenants, sink, building.part(column.rows(), all, column.rows()));
  }

  private static void writeCandidates(
      MultiVectorColumn column, IndexSpec.Muvera spec, Building building, ByteSink sink)
      throws IOException {
    try (Arena arena = Arena.ofShared()) {
      new MuveraBuilder(column, spec, building.seed, building.threads)
          .build(arena, building::heard)
          .writeTo(sink);
    }
  }

  /** Opens the file of an index; its memory lives as long as the segment's. */
  SectionFile open(String path, SealedSegment segment) throws IOException {
    return SectionFile.open(files, path, FileKind.INDEX, database, segment.id(), segment.arena());
  }

  /** Reads an index from its file, for searches: what they read at random in huge pages. */
  static SegmentIndex load(SectionFile file, IndexSpec spec, Column column, Arena arena) {
    boolean graph = spec instanceof IndexSpec.Hnsw;
    return read(file, spec, column, each -> graph ? HugePages.shared().copyOf(each, arena) : each);
  }

  /** Reads an index from its file. */
  static SegmentIndex read(SectionFile file, IndexSpec spec, Column column) {
    return read(file, spec, column, UnaryOperator.identity());
  }

  private static SegmentIndex read(
      SectionFile file, IndexSpec spec, Column column, UnaryOperator<MemorySegment> placed) {
    MemorySegment section = placed.apply(file.section(SECTION));
    return switch (spec) {
      case IndexSpec.Hnsw hnsw -> {
        HnswIndex whole = HnswIndex.map(section, (DenseColumn) column, hnsw.metric());
        yield new SegmentIndex.Graph(
            whole,
            file.has(TENANTS)
                ? TenantGraphs.map(placed.apply(file.section(TENANTS)), whole)
                : TenantGraphs.none(whole));
      }
      case IndexSpec.Inverted inverted -> new SegmentIndex.Lists(InvertedIndex.map(section));
      case IndexSpec.Bm25 bm25 -> new SegmentIndex.Lists(InvertedIndex.map(section));
      case IndexSpec.Muvera muvera ->
          new SegmentIndex.Candidates(MuveraIndex.map(section, (MultiVectorColumn) column));
      case IndexSpec.Payload payload ->
          new SegmentIndex.Payload(
              PayloadIndex.map(section, (SealedColumn) column, "File " + file.name()));
    };
  }
}

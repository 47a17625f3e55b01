package io.quiver.benchmarks.contender;

import io.github.jbellis.jvector.disk.RandomAccessReader;
import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndexWriter;
import io.github.jbellis.jvector.graph.disk.feature.Feature;
import io.github.jbellis.jvector.graph.disk.feature.FeatureId;
import io.github.jbellis.jvector.graph.disk.feature.FusedPQ;
import io.github.jbellis.jvector.graph.disk.feature.InlineVectors;
import io.github.jbellis.jvector.graph.diversity.VamanaDiversityProvider;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * JVector: in memory on full floats, or from a mapped file with product-quantized neighbours fused
 * into the nodes (48 bytes for 384 dimensions) and all candidates reranked in full.
 */
public final class JVectorGraph implements DenseContender {
  private static final VectorTypeSupport VECTORS =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;
  private static final int DEGREE = 32;
  private static final int BEAM = 100;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private final boolean onDisk;
  private final int[][] ranks;
  private final @Nullable RandomAccessVectorValues values;
  private final ImmutableGraphIndex graph;
  private final @Nullable ReaderSupplier file;

  private JVectorGraph(
      boolean onDisk,
      int[][] ranks,
      @Nullable RandomAccessVectorValues values,
      ImmutableGraphIndex graph,
      @Nullable ReaderSupplier file) {
    this.onDisk = onDisk;
    this.ranks = ranks;
    this.values = values;
    this.graph = graph;
    this.file = file;
  }

  /** Builds the graph in memory. */
  public static JVectorGraph inMemory(VectorSet set, int threads, int[][] ranks)
      throws IOException {
    RandomAccessVectorValues values = values(set);
    return new JVectorGraph(false, ranks, values, build(values, threads), null);
  }

  /** Leaves a graph that was built in memory in a file, to be read again. */
  @SuppressWarnings("deprecation") // nothing else reads a graph back into memory
  public void save(Path path) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
      ((OnHeapGraphIndex) graph).save(out);
    }
  }

  /** Reads the graph that an earlier run saved into memory. */
  @SuppressWarnings("deprecation")
  public static JVectorGraph inMemory(VectorSet set, int[][] ranks, Path file) throws IOException {
    RandomAccessVectorValues values = values(set);
    try (ReaderSupplier supplier = ReaderSupplierFactory.open(file);
        RandomAccessReader reader = supplier.get()) {
      OnHeapGraphIndex graph =
          OnHeapGraphIndex.load(
              reader,
              values.dimension(),
              OVERFLOW,
              new VamanaDiversityProvider(scores(values), ALPHA));
      // As the builder leaves it: searches take no locks.
      graph.setAllMutationsCompleted();
      return new JVectorGraph(false, ranks, values, graph, null);
    }
  }

  /** The same graph in a file, with quantized neighbours. */
  public JVectorGraph writeTo(Path path) throws IOException {
    Files.deleteIfExists(path);
    RandomAccessVectorValues values = inMemory();
    int dimension = values.dimension();
    ProductQuantization pq = ProductQuantization.compute(values, dimension / 8, 256, false);
    PQVectors codes = pq.encodeAll(values, ForkJoinPool.commonPool());
    try (OnDiskGraphIndexWriter writer =
            new OnDiskGraphIndexWriter.Builder(graph, path)
                .with(new InlineVectors(dimension))
                .with(new FusedPQ(graph.maxDegree(), pq))
                .build();
        ImmutableGraphIndex.View view = graph.getView()) {
      Map<FeatureId, IntFunction<Feature.State>> states = new EnumMap<>(FeatureId.class);
      states.put(FeatureId.INLINE_VECTORS, node -> new InlineVectors.State(values.getVector(node)));
      states.put(FeatureId.FUSED_PQ, node -> new FusedPQ.State(view, codes, node));
      writer.write(states);
    }
    return onDisk(ranks, path);
  }

  /** What was written into a file before. */
  public static JVectorGraph onDisk(int[][] ranks, Path path) throws IOException {
    ReaderSupplier supplier = ReaderSupplierFactory.open(path);
    return new JVectorGraph(true, ranks, null, OnDiskGraphIndex.load(supplier), supplier);
  }

  private RandomAccessVectorValues inMemory() {
    return Objects.requireNonNull(values, "vectors are in a file");
  }

  private static RandomAccessVectorValues values(VectorSet set) {
    List<VectorFloat<?>> vectors = new ArrayList<>(set.rows().count());
    for (int row = 0; row < set.rows().count(); row++) {
      vectors.add(VECTORS.createFloatVector(set.rows().get(row)));
    }
    return new ListRandomAccessVectorValues(vectors, set.dimension());
  }

  private static BuildScoreProvider scores(RandomAccessVectorValues values) {
    return BuildScoreProvider.randomAccessScoreProvider(values, SIMILARITY);
  }

  private static ImmutableGraphIndex build(RandomAccessVectorValues values, int threads)
      throws IOException {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try (GraphIndexBuilder builder =
        GraphIndexBuilder.builder(scores(values), values.dimension(), DEGREE)
            .withBeamWidth(BEAM)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .withSimdExecutor(pool)
            .withParallelExecutor(pool)
            .build()) {
      return builder.build(values);
    } finally {
      pool.shutdown();
    }
  }

  @Override
  public String name() {
    return onDisk ? "JVector disk PQ" : "JVector memory";
  }

  @Override
  public String configuration() {
    return "JVector 4.0.2, degree 32, beam 100, overflow 1.2, alpha 1.2, hierarchy, dot product"
        + (onDisk
            ? ", file with fused PQ of dimension / 8 bytes, all candidates reranked in full"
            : ", full floats in memory");
  }

  @Override
  public Searcher searcher(int effort, @Nullable RankFilter filter) {
    Bits bits = Bits.ALL;
    if (filter != null) {
      BitSet rows = filter.rows(ranks);
      bits = rows::get;
    }
    return new GraphSearch(effort, bits);
  }

  private final class GraphSearch implements Searcher {
    private final GraphSearcher searcher = new GraphSearcher(graph);
    private final int effort;
    private final Bits bits;

    GraphSearch(int effort, Bits bits) {
      this.effort = effort;
      this.bits = bits;
    }

    @Override
    public int search(float[] query, long[] found) {
      VectorFloat<?> vector = VECTORS.createFloatVector(query);
      SearchResult result =
          searcher.search(
              scores(vector), found.length, Math.max(effort, found.length), 0f, 0f, bits);
      SearchResult.NodeScore[] nodes = result.getNodes();
      for (int i = 0; i < nodes.length; i++) {
        found[i] = nodes[i].node;
      }
      return nodes.length;
    }

    private DefaultSearchScoreProvider scores(VectorFloat<?> vector) {
      if (!(searcher.getView() instanceof OnDiskGraphIndex.View view)) {
        return DefaultSearchScoreProvider.exact(vector, SIMILARITY, inMemory());
      }
      return new DefaultSearchScoreProvider(
          view.approximateScoreFunctionFor(vector, SIMILARITY),
          view.rerankerFor(vector, SIMILARITY));
    }

    @Override
    public void close() throws IOException {
      searcher.close();
    }
  }

  @Override
  public void close() throws IOException {
    graph.close();
    if (file != null) {
      file.close();
    }
  }
}

package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * hnswlib in C++, where {@code -Dhnswlib.library=FILE} names {@code src/main/c/hnswlib.cpp} as it
 * was compiled. Full floats in memory; called from Java threads, so that its time is counted as the
 * others' is. Its release 0.6.2 knows no filters.
 */
public final class Hnswlib implements DenseContender {
  private static final int M = 16;
  private static final int EF_CONSTRUCTION = 200;

  private final HnswlibFunctions functions;
  private final MemorySegment index;

  private Hnswlib(HnswlibFunctions functions, MemorySegment index) {
    this.functions = functions;
    this.index = index;
  }

  /** Whether there is a library to call. */
  public static boolean present() {
    return HnswlibFunctions.library() != null;
  }

  /** Adds every row from as many threads as given, each the next row that none has begun. */
  public static Hnswlib fill(VectorSet set, int threads) throws Exception {
    HnswlibFunctions functions = HnswlibFunctions.load();
    int rows = set.rows().count();
    Hnswlib filled =
        new Hnswlib(functions, functions.create(set.dimension(), rows, M, EF_CONSTRUCTION));
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> parts = new ArrayList<>();
    try (ExecutorService adders = Executors.newFixedThreadPool(threads)) {
      for (int t = 0; t < threads; t++) {
        parts.add(
            adders.submit(
                () -> {
                  for (int row = next.getAndIncrement(); row < rows; row = next.getAndIncrement()) {
                    functions.add(filled.index, set.rows().segment(row), row);
                  }
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
    return filled;
  }

  /** Leaves the index in a file. */
  public void save(Path file) {
    functions.save(index, file);
  }

  /** What an earlier run saved. */
  public static Hnswlib open(VectorSet set, Path file) {
    HnswlibFunctions functions = HnswlibFunctions.load();
    return new Hnswlib(functions, functions.open(set.dimension(), file));
  }

  @Override
  public String name() {
    return "hnswlib";
  }

  @Override
  public boolean filters() {
    return false;
  }

  @Override
  public String configuration() {
    return "hnswlib, M "
        + M
        + ", ef_construction "
        + EF_CONSTRUCTION
        + ", inner product by "
        + functions.kernel()
        + ", full floats in memory";
  }

  @Override
  public Searcher searcher(int effort, @Nullable RankFilter filter) {
    if (filter != null) {
      throw new IllegalArgumentException("this release of hnswlib knows no filters");
    }
    return new GraphSearch(effort);
  }

  private final class GraphSearch implements Searcher {
    private final Arena arena = Arena.ofShared();
    private final int effort;
    private MemorySegment query = MemorySegment.NULL;
    private MemorySegment rows = MemorySegment.NULL;

    GraphSearch(int effort) {
      this.effort = effort;
    }

    @Override
    public int search(float[] vector, long[] found) {
      if (query.byteSize() == 0) {
        query = arena.allocate(ValueLayout.JAVA_FLOAT, vector.length);
        rows = arena.allocate(ValueLayout.JAVA_LONG, found.length);
      }
      MemorySegment.copy(vector, 0, query, ValueLayout.JAVA_FLOAT, 0, vector.length);
      // The effort is the index's: searches of one effort run at a time.
      functions.effort(index, effort);
      int count = functions.search(index, query, found.length, rows);
      MemorySegment.copy(rows, ValueLayout.JAVA_LONG, 0, found, 0, count);
      return count;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  @Override
  public void close() {
    functions.free(index);
  }
}

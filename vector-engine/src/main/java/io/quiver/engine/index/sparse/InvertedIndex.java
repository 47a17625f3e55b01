package io.quiver.engine.index.sparse;

import static io.quiver.engine.index.sparse.InvertedLayout.DOUBLE;
import static io.quiver.engine.index.sparse.InvertedLayout.FLOAT;
import static io.quiver.engine.index.sparse.InvertedLayout.INT;
import static io.quiver.engine.index.sparse.InvertedLayout.LONG;
import static io.quiver.engine.index.sparse.InvertedLayout.SHORT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.search.RowBitmap;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Inverted lists of a sealed segment, in memory or mapped; immutable, safe for many threads.
 *
 * <p>Rows are cut into windows of 4,096. A term's list is cut by window into entries, each a run of
 * row numbers of 16 bits and impacts of 8. An impact is an upper bound of what the term can add to
 * a row's score for each unit of the query's weight, rounded up to a multiple of the term's scale;
 * so a search prunes by impacts and takes scores from the rows themselves. The layout follows BMP
 * (Mallia, Suel, Tonellotto: "Faster Learned Sparse Retrieval with Block-Max Pruning", 2024).
 */
public final class InvertedIndex {
  private final MemorySegment memory;
  private final InvertedLayout layout;
  private final int rows;
  private final int documents;
  private final double totalLength;
  private final Optional<Bm25Curve> curve;
  private volatile @Nullable CountedTotals counted;

  /** Totals, and the live rows they were counted over. */
  private record CountedTotals(WeakReference<RowBitmap> live, LiveTotals totals) {}

  private InvertedIndex(MemorySegment memory) {
    this.memory = memory;
    this.rows = memory.get(INT, InvertedLayout.ROWS_AT);
    this.documents = memory.get(INT, InvertedLayout.DOCUMENTS_AT);
    this.totalLength = memory.get(DOUBLE, InvertedLayout.TOTAL_LENGTH_AT);
    this.layout =
        new InvertedLayout(
            memory.get(INT, InvertedLayout.TERMS_AT),
            memory.get(INT, InvertedLayout.ENTRIES_AT),
            memory.get(INT, InvertedLayout.BLOCK_GROUPS_AT),
            memory.get(LONG, InvertedLayout.POSTINGS_AT));
    this.curve =
        memory.get(INT, InvertedLayout.KIND_AT) == InvertedLayout.BM25
            ? Optional.of(
                new Bm25Curve(
                    memory.get(DOUBLE, InvertedLayout.K1_AT),
                    memory.get(DOUBLE, InvertedLayout.B_AT)))
            : Optional.empty();
  }

  /**
   * The index whose bytes {@link #write} wrote.
   *
   * @throws CorruptDataException if they are not such bytes; {@link #verify} looks deeper
   */
  public static InvertedIndex map(MemorySegment memory) {
    InvertedIndexCheck.header(memory);
    return new InvertedIndex(memory);
  }

  /** Writes the index. */
  public void write(ByteSink sink) throws IOException {
    sink.write(memory.asSlice(0, layout.bytes()));
  }

  /**
   * Checks every posting, against each other and against the rows.
   *
   * @throws CorruptDataException at the first that does not fit
   */
  public void verify(SparseRows source) {
    new InvertedIndexCheck(this, source).run();
  }

  /** Bytes of the index. */
  public long bytes() {
    return layout.bytes();
  }

  /** Rows of the segment. */
  public int rows() {
    return rows;
  }

  /** Rows with at least one term. */
  public int documents() {
    return documents;
  }

  /** Sum of all term counts; 0 in an index for dot products. */
  public double totalLength() {
    return totalLength;
  }

  /** The parameters of an index for BM25. */
  public Optional<Bm25Curve> curve() {
    return curve;
  }

  /** Mean number of terms of a document when the index was built. */
  public double meanLength() {
    return meanLength(totalLength, documents);
  }

  /** As {@link TextStatistics#meanLength}. */
  static double meanLength(double totalLength, long documents) {
    return documents == 0 || totalLength <= 0 ? 1 : totalLength / documents;
  }

  /** Totals of the live rows; kept for as long as they are asked for with the same bitmap. */
  LiveTotals liveTotals(RowBitmap live, UnaryOperator<LiveTotals> subtractDeleted) {
    CountedTotals last = counted;
    if (last != null && last.live().get() == live) {
      return last.totals();
    }
    LiveTotals totals = subtractDeleted.apply(new LiveTotals(documents, totalLength));
    counted = new CountedTotals(new WeakReference<>(live), totals);
    return totals;
  }

  MemorySegment memory() {
    return memory;
  }

  InvertedLayout layout() {
    return layout;
  }

  /** Where a term stands in the dictionary, or -1. */
  int find(int term) {
    int low = 0;
    int high = layout.terms() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = termAt(middle);
      if (there == term) {
        return middle;
      }
      if (there < term) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  int termAt(int ordinal) {
    return memory.get(INT, layout.termIndex() + 4L * ordinal);
  }

  float scale(int ordinal) {
    return memory.get(FLOAT, layout.termScale() + 4L * ordinal);
  }

  /** The first entry of a term; that of the next term is where this one's end. */
  int firstEntry(int ordinal) {
    return memory.get(INT, layout.termEntry() + 4L * ordinal);
  }

  /** The first posting of a term. */
  long firstPosting(int ordinal) {
    return memory.get(LONG, layout.termPosting() + 8L * ordinal);
  }

  int window(int entry) {
    return memory.get(INT, layout.entryWindow() + 4L * entry) >>> 8;
  }

  int maxImpact(int entry) {
    return memory.get(INT, layout.entryWindow() + 4L * entry) & 0xff;
  }

  /** The entry of a term in a window, or -1. */
  int entryOf(int ordinal, int window) {
    int low = firstEntry(ordinal);
    int high = firstEntry(ordinal + 1) - 1;
    // A frequent term occurs in every window, and its entry is where it is expected.
    if (low + window <= high && window(low + window) == window) {
      return low + window;
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = window(middle);
      if (there == window) {
        return middle;
      }
      if (there < window) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Where the postings of a term's entry begin. */
  long startOf(int ordinal, int entry) {
    return firstPosting(ordinal) + entryStart(entry);
  }

  /** Where the postings of a term's entry end. */
  long endOf(int ordinal, int entry) {
    return entry + 1 < firstEntry(ordinal + 1)
        ? firstPosting(ordinal) + entryStart(entry + 1)
        : firstPosting(ordinal + 1);
  }

  /** The first posting between two of one entry whose row is not before {@code id}. */
  long firstAtLeast(int id, long from, long to) {
    while (from < to) {
      long middle = (from + to) >>> 1;
      if (id(middle) < id) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** The entry's first posting, counted from its term's. */
  int entryStart(int entry) {
    return memory.get(INT, layout.entryStart() + 4L * entry);
  }

  /** Where the block maxima of an entry lie, or -1 where it has none. */
  long blocksAt(int entry) {
    int group = memory.get(INT, layout.entryBlocks() + 4L * entry);
    return group < 0 ? -1 : layout.blocks() + (long) InvertedLayout.BLOCKS * group;
  }

  /** Row of a posting within its window. */
  int id(long posting) {
    return memory.get(SHORT, layout.ids() + 2 * posting) & 0xffff;
  }

  /** Impact of a posting, 1 to 255. */
  int impact(long posting) {
    return memory.get(JAVA_BYTE, layout.impacts() + posting) & 0xff;
  }
}

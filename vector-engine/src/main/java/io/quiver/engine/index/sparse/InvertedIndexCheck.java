package io.quiver.engine.index.sparse;

import static io.quiver.engine.index.sparse.InvertedLayout.BLOCKS;
import static io.quiver.engine.index.sparse.InvertedLayout.BLOCK_SHIFT;
import static io.quiver.engine.index.sparse.InvertedLayout.DOUBLE;
import static io.quiver.engine.index.sparse.InvertedLayout.INT;
import static io.quiver.engine.index.sparse.InvertedLayout.LONG;
import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_SHIFT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.quiver.engine.CorruptDataException;
import java.lang.foreign.MemorySegment;

/** Whether an inverted index holds together, and holds what its rows hold. */
final class InvertedIndexCheck {
  private final InvertedIndex index;
  private final InvertedLayout layout;
  private final SparseRows source;

  InvertedIndexCheck(InvertedIndex index, SparseRows source) {
    this.index = index;
    this.layout = index.layout();
    this.source = source;
  }

  /** Checks what must hold before any offset is computed from the header. */
  static void header(MemorySegment memory) {
    require(memory.byteSize() >= InvertedLayout.HEADER_BYTES, "is shorter than its header");
    int magic = memory.get(INT, InvertedLayout.MAGIC_AT);
    require(magic == InvertedLayout.MAGIC, "begins with " + Integer.toHexString(magic));
    int version = memory.get(INT, InvertedLayout.VERSION_AT);
    require(
        version == InvertedLayout.VERSION,
        "is of version " + version + ", this engine reads " + InvertedLayout.VERSION);
    int kind = memory.get(INT, InvertedLayout.KIND_AT);
    require(kind == InvertedLayout.PRODUCT || kind == InvertedLayout.BM25, "is of kind " + kind);
    int rows = memory.get(INT, InvertedLayout.ROWS_AT);
    int documents = memory.get(INT, InvertedLayout.DOCUMENTS_AT);
    int terms = memory.get(INT, InvertedLayout.TERMS_AT);
    int entries = memory.get(INT, InvertedLayout.ENTRIES_AT);
    int groups = memory.get(INT, InvertedLayout.BLOCK_GROUPS_AT);
    long postings = memory.get(LONG, InvertedLayout.POSTINGS_AT);
    require(
        rows >= 0
            && documents >= 0
            && documents <= rows
            && terms >= 0
            && entries >= terms
            && groups >= 0
            && groups <= entries
            && postings >= entries
            && postings < 1L << 48,
        "has impossible counts in its header");
    long bytes = new InvertedLayout(terms, entries, groups, postings).bytes();
    require(
        memory.byteSize() >= bytes,
        "has " + memory.byteSize() + " bytes, its header says " + bytes);
    double k1 = memory.get(DOUBLE, InvertedLayout.K1_AT);
    double b = memory.get(DOUBLE, InvertedLayout.B_AT);
    require(k1 >= 0 && k1 <= Float.MAX_VALUE && b >= 0 && b <= 1, "has impossible parameters");
  }

  void run() {
    require(
        source.rows() == index.rows(),
        "has " + index.rows() + " rows, its segment " + source.rows());
    require(
        index.firstEntry(0) == 0
            && index.firstPosting(0) == 0
            && index.firstEntry(layout.terms()) == layout.entries()
            && index.firstPosting(layout.terms()) == layout.postings(),
        "has a dictionary that does not cover its lists");
    for (int term = 0; term < layout.terms(); term++) {
      term(term);
    }
    rows();
  }

  private void term(int ordinal) {
    require(
        ordinal == 0 || index.termAt(ordinal - 1) < index.termAt(ordinal),
        "has terms out of order");
    int endEntry = index.firstEntry(ordinal + 1);
    long first = index.firstPosting(ordinal);
    long end = index.firstPosting(ordinal + 1);
    require(
        index.firstEntry(ordinal) < endEntry && first < end && end <= layout.postings(),
        "has an empty list");
    long from = first;
    for (int entry = index.firstEntry(ordinal); entry < endEntry; entry++) {
      long to = entry + 1 < endEntry ? first + index.entryStart(entry + 1) : end;
      require(
          first + index.entryStart(entry) == from && from < to && to <= end,
          "has entries that do not meet");
      require(
          entry == index.firstEntry(ordinal) || index.window(entry - 1) < index.window(entry),
          "has windows out of order");
      entry(entry, from, to);
      from = to;
    }
  }

  private void entry(int entry, long from, long to) {
    int base = index.window(entry) << WINDOW_SHIFT;
    int[] blocks = new int[BLOCKS];
    int max = 0;
    int last = -1;
    for (long posting = from; posting < to; posting++) {
      int id = index.id(posting);
      int impact = index.impact(posting);
      require(
          id > last && id < InvertedLayout.WINDOW_ROWS && base + id < index.rows() && impact > 0,
          "has a posting out of order or out of range");
      last = id;
      max = Math.max(max, impact);
      blocks[id >>> BLOCK_SHIFT] = Math.max(blocks[id >>> BLOCK_SHIFT], impact);
    }
    require(max == index.maxImpact(entry), "has a wrong bound of a window");
    long at = index.blocksAt(entry);
    require(
        (at >= 0) == (to - from >= InvertedLayout.BLOCKED_COUNT) && at < layout.ids(),
        "has block bounds where none belong, or lacks them");
    for (int block = 0; at >= 0 && block < BLOCKS; block++) {
      require(
          (index.memory().get(JAVA_BYTE, at + block) & 0xff) == blocks[block],
          "has a wrong bound of a block");
    }
  }

  /** Every weight of every row has its posting, and there are no others. */
  private void rows() {
    SparseRow row = new SparseRow();
    long weights = 0;
    int documents = 0;
    double total = 0;
    for (int i = 0; i < index.rows(); i++) {
      source.read(i, row);
      double length = 0;
      for (int j = 0; j < row.size(); j++) {
        length += row.weights()[j];
      }
      for (int j = 0; j < row.size(); j++) {
        double impact = impact(row.weights()[j], length);
        double bound = bound(row.indices()[j], i);
        require(bound >= impact, "bounds row " + i + " by " + bound + ", it has " + impact);
      }
      weights += row.size();
      documents += row.size() > 0 ? 1 : 0;
      total += length;
    }
    require(weights == layout.postings(), "has postings that no row has");
    require(documents == index.documents(), "counts its documents wrongly");
    require(index.curve().isEmpty() || total == index.totalLength(), "sums its lengths wrongly");
  }

  private double impact(double weight, double length) {
    return index.curve().isPresent()
        ? index.curve().get().weight(weight, length / index.meanLength())
        : Math.abs(weight);
  }

  /** What the index says a term can add to a row, or -1 where it does not have the row. */
  private double bound(int term, int row) {
    int ordinal = index.find(term);
    int entry = ordinal < 0 ? -1 : index.entryOf(ordinal, row >>> WINDOW_SHIFT);
    if (entry < 0) {
      return -1;
    }
    int id = row & InvertedLayout.WINDOW_ROWS - 1;
    long end = index.endOf(ordinal, entry);
    long posting = index.firstAtLeast(id, index.startOf(ordinal, entry), end);
    boolean found = posting < end && index.id(posting) == id;
    return found ? index.impact(posting) * (double) index.scale(ordinal) : -1;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new CorruptDataException(
          "An inverted index " + what + ". Remedy: drop the index and create it again.");
    }
  }
}

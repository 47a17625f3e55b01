package io.quiver.engine.index.sparse;

import static io.quiver.engine.index.sparse.InvertedLayout.BLOCKED_COUNT;
import static io.quiver.engine.index.sparse.InvertedLayout.BLOCK_SHIFT;
import static io.quiver.engine.index.sparse.InvertedLayout.DOUBLE;
import static io.quiver.engine.index.sparse.InvertedLayout.FLOAT;
import static io.quiver.engine.index.sparse.InvertedLayout.INT;
import static io.quiver.engine.index.sparse.InvertedLayout.LONG;
import static io.quiver.engine.index.sparse.InvertedLayout.SHORT;
import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_ROWS;
import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_SHIFT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/**
 * Builds the inverted index of a sealed segment in two passes over its rows: the first counts, the
 * second writes each posting where it belongs.
 */
public final class InvertedIndexBuilder {
  private final SparseRows rows;
  private final Optional<Bm25Curve> curve;
  private final StopSignal stop;
  private final TermTable table = new TermTable();
  private final SparseRow row = new SparseRow();
  private int documents;
  private double totalLength;

  private InvertedIndexBuilder(SparseRows rows, Optional<Bm25Curve> curve, StopSignal stop) {
    this.rows = rows;
    this.curve = curve;
    this.stop = stop;
  }

  /** An index for dot products of any sign; its memory is the arena's. */
  public static InvertedIndex forDotProduct(SparseRows rows, Arena arena, StopSignal stop) {
    return new InvertedIndexBuilder(rows, Optional.empty(), stop).build(arena);
  }

  /** An index for BM25 over rows of term counts; its memory is the arena's. */
  public static InvertedIndex forBm25(
      SparseRows rows, Bm25Curve curve, Arena arena, StopSignal stop) {
    return new InvertedIndexBuilder(rows, Optional.of(curve), stop).build(arena);
  }

  private InvertedIndex build(Arena arena) {
    measure();
    for (int i = 0; i < rows.rows(); i++) {
      read(i);
      double relativeLength = relativeLength();
      for (int j = 0; j < row.size(); j++) {
        table.count(row.indices()[j], i, impact(row.weights()[j], relativeLength));
      }
    }
    int[] ascending = Arrays.copyOf(table.terms, table.size());
    Arrays.sort(ascending);
    InvertedLayout layout = layout();
    MemorySegment index = arena.allocate(layout.bytes(), 64);
    writeHeader(index, layout);
    long[] nextPosting = new long[table.size()];
    int[] nextEntry = new int[table.size()];
    double[] scales = writeTerms(index, layout, ascending, nextPosting, nextEntry);
    writePostings(index, layout, nextPosting, nextEntry, scales);
    writeBlocks(index, layout);
    return InvertedIndex.map(index);
  }

  /** The mean length must be known before the first impact is. */
  private void measure() {
    for (int i = 0; i < rows.rows(); i++) {
      read(i);
      documents += row.size() > 0 ? 1 : 0;
      if (curve.isPresent()) {
        totalLength += length();
      }
    }
  }

  private void read(int i) {
    if ((i & 1023) == 0) {
      stop.check();
    }
    rows.read(i, row);
  }

  private double length() {
    double length = 0;
    for (int j = 0; j < row.size(); j++) {
      length += row.weights()[j];
    }
    return length;
  }

  private double relativeLength() {
    return curve.isPresent() ? length() / InvertedIndex.meanLength(totalLength, documents) : 0;
  }

  private double impact(float weight, double relativeLength) {
    return curve.isPresent()
        ? curve.get().weight(weight, relativeLength)
        : Math.abs((double) weight);
  }

  private InvertedLayout layout() {
    long entries = 0;
    long groups = 0;
    long postings = 0;
    for (int i = 0; i < table.size(); i++) {
      entries += table.entries[i];
      groups += table.blockGroups[i];
      postings += table.documents[i];
    }
    return new InvertedLayout(
        table.size(), Math.toIntExact(entries), Math.toIntExact(groups), postings);
  }

  private void writeHeader(MemorySegment index, InvertedLayout layout) {
    index.set(INT, InvertedLayout.MAGIC_AT, InvertedLayout.MAGIC);
    index.set(INT, InvertedLayout.VERSION_AT, InvertedLayout.VERSION);
    index.set(
        INT,
        InvertedLayout.KIND_AT,
        curve.isPresent() ? InvertedLayout.BM25 : InvertedLayout.PRODUCT);
    index.set(INT, InvertedLayout.ROWS_AT, rows.rows());
    index.set(INT, InvertedLayout.TERMS_AT, layout.terms());
    index.set(INT, InvertedLayout.ENTRIES_AT, layout.entries());
    index.set(INT, InvertedLayout.BLOCK_GROUPS_AT, layout.blockGroups());
    index.set(INT, InvertedLayout.DOCUMENTS_AT, documents);
    index.set(LONG, InvertedLayout.POSTINGS_AT, layout.postings());
    index.set(DOUBLE, InvertedLayout.K1_AT, curve.map(Bm25Curve::k1).orElse(0.0));
    index.set(DOUBLE, InvertedLayout.B_AT, curve.map(Bm25Curve::b).orElse(0.0));
    index.set(DOUBLE, InvertedLayout.TOTAL_LENGTH_AT, totalLength);
  }

  /** Writes the dictionary; says by the table's numbers where postings and entries begin. */
  private double[] writeTerms(
      MemorySegment index,
      InvertedLayout layout,
      int[] ascending,
      long[] nextPosting,
      int[] nextEntry) {
    double[] scales = new double[ascending.length];
    long posting = 0;
    int entry = 0;
    for (int i = 0; i < ascending.length; i++) {
      int number = table.find(ascending[i]);
      // Rounded up, so that 255 units reach the largest impact.
      float scale = Math.nextUp((float) (table.maxImpact[number] / 255));
      scales[number] = scale;
      nextPosting[number] = posting;
      nextEntry[number] = entry;
      index.set(INT, layout.termIndex() + 4L * i, ascending[i]);
      index.set(FLOAT, layout.termScale() + 4L * i, scale);
      index.set(INT, layout.termEntry() + 4L * i, entry);
      index.set(LONG, layout.termPosting() + 8L * i, posting);
      posting += table.documents[number];
      entry += table.entries[number];
    }
    index.set(INT, layout.termEntry() + 4L * ascending.length, entry);
    index.set(LONG, layout.termPosting() + 8L * ascending.length, posting);
    return scales;
  }

  private void writePostings(
      MemorySegment index,
      InvertedLayout layout,
      long[] nextPosting,
      int[] nextEntry,
      double[] scales) {
    long[] firstPosting = nextPosting.clone();
    int[] window = new int[table.size()];
    Arrays.fill(window, -1);
    for (int i = 0; i < rows.rows(); i++) {
      read(i);
      double relativeLength = relativeLength();
      int inside = i >>> WINDOW_SHIFT;
      for (int j = 0; j < row.size(); j++) {
        int number = table.find(row.indices()[j]);
        long posting = nextPosting[number]++;
        if (window[number] != inside) {
          window[number] = inside;
          long at = 4L * nextEntry[number]++;
          index.set(INT, layout.entryWindow() + at, inside << 8);
          index.set(INT, layout.entryStart() + at, (int) (posting - firstPosting[number]));
        }
        int units = units(impact(row.weights()[j], relativeLength), scales[number]);
        long word = layout.entryWindow() + 4L * (nextEntry[number] - 1);
        int windowAndMax = index.get(INT, word);
        if (units > (windowAndMax & 0xff)) {
          index.set(INT, word, (windowAndMax & ~0xff) | units);
        }
        index.set(SHORT, layout.ids() + 2 * posting, (short) (i & (WINDOW_ROWS - 1)));
        index.set(JAVA_BYTE, layout.impacts() + posting, (byte) units);
      }
    }
  }

  /** The fewest units that reach an impact, at least 1. */
  static int units(double impact, double scale) {
    int units = (int) Math.ceil(impact / scale);
    return Math.clamp(units * scale < impact ? units + 1 : units, 1, 255);
  }

  private static void writeBlocks(MemorySegment index, InvertedLayout layout) {
    int group = 0;
    for (int term = 0; term < layout.terms(); term++) {
      long first = index.get(LONG, layout.termPosting() + 8L * term);
      long end = index.get(LONG, layout.termPosting() + 8L * (term + 1));
      int endEntry = index.get(INT, layout.termEntry() + 4L * (term + 1));
      for (int entry = index.get(INT, layout.termEntry() + 4L * term); entry < endEntry; entry++) {
        long from = first + index.get(INT, layout.entryStart() + 4L * entry);
        long to =
            entry + 1 < endEntry
                ? first + index.get(INT, layout.entryStart() + 4L * (entry + 1))
                : end;
        int blocks = -1;
        if (to - from >= BLOCKED_COUNT) {
          blocks = group++;
          for (long posting = from; posting < to; posting++) {
            int id = index.get(SHORT, layout.ids() + 2 * posting) & 0xffff;
            long at =
                layout.blocks() + (long) InvertedLayout.BLOCKS * blocks + (id >>> BLOCK_SHIFT);
            byte units = index.get(JAVA_BYTE, layout.impacts() + posting);
            if ((units & 0xff) > (index.get(JAVA_BYTE, at) & 0xff)) {
              index.set(JAVA_BYTE, at, units);
            }
          }
        }
        index.set(INT, layout.entryBlocks() + 4L * entry, blocks);
      }
    }
  }
}

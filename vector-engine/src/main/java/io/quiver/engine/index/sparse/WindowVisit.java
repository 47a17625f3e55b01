package io.quiver.engine.index.sparse;

import static io.quiver.engine.index.sparse.InvertedLayout.BLOCKS;
import static io.quiver.engine.index.sparse.InvertedLayout.BLOCK_SHIFT;
import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_ROWS;
import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_SHIFT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.quiver.engine.kernel.ThresholdKernels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Finds the wanted rows of one window by MaxScore (Turtle and Flood, 1995), on sums of bounds.
 *
 * <p>Terms stand in descending order of their bound in the window. Those at the end whose bounds
 * together stay below the floor cannot make a row wanted by themselves: the terms before them are
 * accumulated over the window, rows that could still reach the floor become candidates, and only
 * for candidates are the remaining terms looked up. What is left is scored from the rows' vectors,
 * the largest bound first, which raises the floor for the rest.
 *
 * <p>Sums of bounds are single precision; the floor is lowered by more than their rounding.
 */
final class WindowVisit {
  /** A term with this many postings for each candidate is searched rather than walked. */
  private static final int SEARCH_FACTOR = 8;

  private static final ThresholdKernels KERNELS = ThresholdKernels.best();

  private final InvertedIndex index;
  private final SparseSearch search;
  private final int[] ordinals;
  private final float[] factors;
  private final double roundingShare;

  // The terms of the window at hand, in descending order of bound.
  private final long[] order;
  private final float[] factor;
  private final long[] from;
  private final long[] to;
  private final long[] blocksAt;
  private final double[] rest;
  private int terms;

  private final float[] sums = new float[WINDOW_ROWS];
  private final short[] ids = new short[WINDOW_ROWS];
  private final byte[] impacts = new byte[WINDOW_ROWS];
  private final double[] blockBounds = new double[BLOCKS];
  private final int[] candidates = new int[WINDOW_ROWS];
  private final long[] heap = new long[WINDOW_ROWS];

  /** Bit b: block b may hold wanted rows. */
  private int blocks;

  WindowVisit(InvertedIndex index, SparseSearch search, int[] ordinals, float[] factors) {
    this.index = index;
    this.search = search;
    this.ordinals = ordinals;
    this.factors = factors;
    int room = ordinals.length;
    this.roundingShare = Math.max(0, 1 - (room + 8.0) * 0x1p-23);
    this.order = new long[room];
    this.factor = new float[room];
    this.from = new long[room];
    this.to = new long[room];
    this.blocksAt = new long[room];
    this.rest = new double[room + 1];
  }

  /** A row whose bounds sum to less is not wanted; 0 while every row is. */
  double floor() {
    double wanted = search.wantedScore();
    return wanted > 0 ? wanted * roundingShare : 0;
  }

  void run(int window) {
    gather(window);
    double floor = floor();
    if (rest[0] < floor) {
      return;
    }
    chooseBlocks(window, floor);
    if (blocks == 0) {
      return;
    }
    int essential = 0;
    while (essential < terms && rest[essential] >= floor) {
      essential++;
    }
    clear();
    for (int i = 0; i < essential; i++) {
      accumulate(i);
    }
    int count = collect(window, floor - rest[essential]);
    for (int i = essential; i < terms && count > 0; i++) {
      count = refine(i, count, floor - rest[i + 1]);
    }
    score(window << WINDOW_SHIFT, count);
  }

  /** Finds the terms that occur in the window and sums their bounds from the last to the first. */
  private void gather(int window) {
    terms = 0;
    for (int i = 0; i < ordinals.length; i++) {
      int entry = index.entryOf(ordinals[i], window);
      if (entry >= 0) {
        float bound = factors[i] * index.maxImpact(entry);
        order[terms++] = (long) ~Float.floatToIntBits(bound) << 32 | i;
      }
    }
    Arrays.sort(order, 0, terms);
    rest[terms] = 0;
    for (int i = terms - 1; i >= 0; i--) {
      int term = (int) order[i];
      int entry = index.entryOf(ordinals[term], window);
      factor[i] = factors[term];
      from[i] = index.startOf(ordinals[term], entry);
      to[i] = index.endOf(ordinals[term], entry);
      blocksAt[i] = index.blocksAt(entry);
      rest[i] = rest[i + 1] + (double) factor[i] * index.maxImpact(entry);
    }
  }

  /** Leaves out blocks without a row the filter admits, or whose bounds stay below the floor. */
  private void chooseBlocks(int window, double floor) {
    Arrays.fill(blockBounds, 0);
    for (int i = 0; i < terms && floor > 0; i++) {
      addBlockBounds(i);
    }
    blocks = 0;
    long[] words = search.filter().words();
    int wordsOfBlock = 1 << (BLOCK_SHIFT - 6);
    for (int block = 0; block < BLOCKS; block++) {
      int word = (window * BLOCKS + block) * wordsOfBlock;
      int end = Math.min(word + wordsOfBlock, words.length);
      long any = 0;
      for (; word < end; word++) {
        any |= words[word];
      }
      if (any != 0 && blockBounds[block] >= floor) {
        blocks |= 1 << block;
      }
    }
  }

  private void addBlockBounds(int i) {
    MemorySegment memory = index.memory();
    if (blocksAt[i] >= 0) {
      for (int block = 0; block < BLOCKS; block++) {
        int max = memory.get(JAVA_BYTE, blocksAt[i] + block) & 0xff;
        // Not infinity times zero, which is no number.
        blockBounds[block] += max == 0 ? 0 : (double) factor[i] * max;
      }
      return;
    }
    int last = -1;
    int max = 0;
    for (long posting = from[i]; posting < to[i]; posting++) {
      int block = index.id(posting) >>> BLOCK_SHIFT;
      if (block != last && last >= 0) {
        blockBounds[last] += (double) factor[i] * max;
        max = 0;
      }
      last = block;
      max = Math.max(max, index.impact(posting));
    }
    blockBounds[last] += (double) factor[i] * max;
  }

  private void clear() {
    for (int left = blocks; left != 0; ) {
      int first = Integer.numberOfTrailingZeros(left);
      int end = endOfRun(left, first);
      Arrays.fill(sums, first << BLOCK_SHIFT, end << BLOCK_SHIFT, 0);
      left &= -1 << end;
    }
  }

  /** One beyond the last of the blocks that follow {@code first} without a gap. */
  private static int endOfRun(int blocks, int first) {
    return first + Integer.numberOfTrailingZeros(~(blocks >>> first));
  }

  /** Adds a term's bounds to the rows of the chosen blocks. */
  private void accumulate(int i) {
    if (blocks == (1 << BLOCKS) - 1) {
      accumulate(factor[i], from[i], to[i]);
      return;
    }
    long start = from[i];
    for (int left = blocks; left != 0; ) {
      int first = Integer.numberOfTrailingZeros(left);
      int end = endOfRun(left, first);
      start = index.firstAtLeast(first << BLOCK_SHIFT, start, to[i]);
      long stop = index.firstAtLeast(end << BLOCK_SHIFT, start, to[i]);
      accumulate(factor[i], start, stop);
      start = stop;
      left &= -1 << end;
    }
  }

  private void accumulate(float perUnit, long start, long end) {
    int count = (int) (end - start);
    if (count == 0) {
      return;
    }
    search.countPostings(count);
    MemorySegment memory = index.memory();
    InvertedLayout layout = index.layout();
    MemorySegment.copy(memory, InvertedLayout.SHORT, layout.ids() + 2 * start, ids, 0, count);
    MemorySegment.copy(memory, JAVA_BYTE, layout.impacts() + start, impacts, 0, count);
    for (int j = 0; j < count; j++) {
      sums[ids[j] & (WINDOW_ROWS - 1)] += perUnit * (impacts[j] & 0xff);
    }
  }

  /** Rows of the chosen blocks that share a term, may reach the floor, and pass the filter. */
  private int collect(int window, double wanted) {
    float threshold = atLeastTouched(wanted);
    int count = 0;
    for (int left = blocks; left != 0; ) {
      int first = Integer.numberOfTrailingZeros(left);
      int end = endOfRun(left, first);
      count =
          KERNELS.collect(
              sums, first << BLOCK_SHIFT, end << BLOCK_SHIFT, threshold, candidates, count);
      left &= -1 << end;
    }
    long[] words = search.filter().words();
    int base = window << (WINDOW_SHIFT - 6);
    int kept = 0;
    for (int j = 0; j < count; j++) {
      int id = candidates[j];
      if ((words[base + (id >>> 6)] >>> (id & 63) & 1) != 0) {
        candidates[kept++] = id;
      }
    }
    return kept;
  }

  private static float atLeastTouched(double wanted) {
    return Math.max(Math.nextDown((float) wanted), Float.MIN_VALUE);
  }

  /** Adds one more term to the candidates and drops those that can no longer reach the floor. */
  private int refine(int i, int count, double wanted) {
    long postings = to[i] - from[i];
    if (postings <= (long) SEARCH_FACTOR * count) {
      accumulate(i);
    } else {
      lookUp(i, count);
    }
    float threshold = atLeastTouched(wanted);
    int kept = 0;
    for (int j = 0; j < count; j++) {
      if (sums[candidates[j]] >= threshold) {
        candidates[kept++] = candidates[j];
      }
    }
    return kept;
  }

  private void lookUp(int i, int count) {
    long posting = from[i];
    for (int j = 0; j < count && posting < to[i]; j++) {
      int id = candidates[j];
      long step = 1;
      while (posting + step < to[i] && index.id(posting + step) < id) {
        step <<= 1;
      }
      posting = index.firstAtLeast(id, posting + (step >>> 1), Math.min(posting + step + 1, to[i]));
      search.countPostings(1);
      if (posting < to[i] && index.id(posting) == id) {
        sums[id] += factor[i] * index.impact(posting);
      }
    }
  }

  /** Scores candidates, the largest bound first, until the floor is above those left. */
  private void score(int base, int count) {
    for (int j = 0; j < count; j++) {
      int id = candidates[j];
      heap[j] = (long) Float.floatToIntBits(sums[id]) << 32 | (WINDOW_ROWS - 1 - id);
    }
    for (int j = count / 2 - 1; j >= 0; j--) {
      sink(j, count, heap[j]);
    }
    for (int left = count; left > 0; ) {
      long top = heap[0];
      if (Float.intBitsToFloat((int) (top >>> 32)) < floor()) {
        return;
      }
      search.score(base + WINDOW_ROWS - 1 - (int) top);
      left--;
      sink(0, left, heap[left]);
    }
  }

  private void sink(int hole, int end, long value) {
    for (int child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
      if (child + 1 < end && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= value) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = value;
  }
}

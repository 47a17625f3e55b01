package io.quiver.engine.quantize;

import io.quiver.engine.kernel.CodeKernels;
import io.quiver.engine.kernel.DoubleSums;
import io.quiver.engine.kernel.RowScorer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Ranks rows by codes at a fixed stride: products first, then whatever a rank adds to them. */
abstract class CodeScorer extends RowScorer {
  private static final int LINE = 64;

  final MemorySegment image;
  final int stride;
  static final DoubleSums SUMS = DoubleSums.best();

  final CodeKernels kernels = CodeKernels.best();
  private final long codesAt;
  private final long[] offsets = new long[BLOCK + SLACK];
  private int touched;

  /** The rank of a row no distance away; infinite where ranks say nothing of distances. */
  float atQuery;

  CodeScorer(MemorySegment image, long codesAt, int stride) {
    this.image = image;
    this.codesAt = codesAt;
    this.stride = stride;
  }

  /**
   * Products of the query with the rows at these offsets, into {@code ranks} from {@code at} on.
   */
  abstract void products(long[] rowOffsets, int count, float[] ranks, int at);

  /** Makes ranks of the first {@code count} products. */
  abstract void finish(int[] rows, int count, float[] ranks);

  @Override
  public void queryRow(int row) {
    throw new IllegalStateException("This scorer ranks rows against queries");
  }

  @Override
  public final void ranks(int[] rows, int count, float[] ranks) {
    for (int from = 0; from < count; from += BLOCK) {
      int n = Math.min(BLOCK, count - from);
      for (int i = 0; i < n; i++) {
        offsets[i] = offset(rows[from + i]);
      }
      touch(n);
      products(offsets, n, ranks, from);
    }
    finish(rows, count, ranks);
  }

  @Override
  public final float stretched(float rank, float factor) {
    return Float.isInfinite(atQuery)
        ? Float.POSITIVE_INFINITY
        : atQuery + factor * factor * Math.max(0, rank - atQuery);
  }

  /** Where a row's codes begin in the image. */
  final long offset(int row) {
    return codesAt + (long) row * stride;
  }

  /**
   * Reads a byte of every cache line of the batch, so that the misses overlap before the sums wait
   * for them: Java has no prefetch.
   */
  private void touch(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      long at = offsets[i];
      long end = at + stride;
      for (; at + 3 * LINE <= end; at += 3 * LINE) {
        sum += first(at) + first(at + LINE) + first(at + 2 * LINE);
      }
      for (; at < end; at += LINE) {
        sum += first(at);
      }
    }
    touched += sum;
  }

  private int first(long at) {
    return image.get(ValueLayout.JAVA_BYTE, at);
  }

  /** The sum of what was read early, so that reading is not left out as useless. */
  final int touched() {
    return touched;
  }
}

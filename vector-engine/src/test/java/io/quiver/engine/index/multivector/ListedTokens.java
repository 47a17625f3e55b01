package io.quiver.engine.index.multivector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Multivectors from arrays of half floats, for tests. */
final class ListedTokens implements MultiVectorRows {
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int dimension;
  private final short[][] vectors;
  private final long[] offsets;
  private final MemorySegment memory;

  ListedTokens(int dimension, short[]... vectors) {
    this.dimension = dimension;
    this.vectors = vectors;
    this.offsets = new long[vectors.length];
    long bytes = 0;
    for (int row = 0; row < vectors.length; row++) {
      offsets[row] = bytes;
      bytes += (long) Short.BYTES * vectors[row].length;
    }
    this.memory = Arena.ofAuto().allocate(bytes, 64);
    for (int row = 0; row < vectors.length; row++) {
      MemorySegment.copy(vectors[row], 0, memory, HALF, offsets[row], vectors[row].length);
    }
  }

  @Override
  public int rows() {
    return vectors.length;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int tokens(int row) {
    return vectors[row].length / dimension;
  }

  @Override
  public MemorySegment segment(int row) {
    return memory;
  }

  @Override
  public long offset(int row) {
    return offsets[row];
  }

  /** A row's tokens as floats. */
  float[][] floats(int row) {
    float[][] tokens = new float[tokens(row)][dimension];
    for (int i = 0; i < vectors[row].length; i++) {
      tokens[i / dimension][i % dimension] = Float.float16ToFloat(vectors[row][i]);
    }
    return tokens;
  }
}

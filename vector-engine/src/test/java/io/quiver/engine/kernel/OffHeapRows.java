package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Vectors for tests, in chunks of off-heap memory as storage keeps them. */
public final class OffHeapRows implements VectorRows {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  private final int capacity;
  private final int dimension;
  private final VectorElement element;
  private final int stride;
  private final int chunkShift;
  private final MemorySegment[] chunks;
  private final float[] inverseNorms;
  private final BitSet nulls = new BitSet();
  private volatile int rows;

  private OffHeapRows(
      Arena arena, int capacity, int dimension, VectorElement element, int chunkShift) {
    this.capacity = capacity;
    this.dimension = dimension;
    this.element = element;
    this.stride = VectorRows.strideFor(dimension, element);
    this.chunkShift = chunkShift;
    int chunkCount = chunkShift == 31 ? 1 : (capacity >> chunkShift) + 1;
    long chunkRows = chunkShift == 31 ? Math.max(1, capacity) : 1L << chunkShift;
    this.chunks = new MemorySegment[chunkCount];
    for (int i = 0; i < chunkCount; i++) {
      chunks[i] = arena.allocate(chunkRows * stride, 64);
    }
    this.inverseNorms = new float[capacity];
  }

  /** Room for rows in one chunk. */
  public static OffHeapRows flat(Arena arena, int capacity, int dimension, VectorElement element) {
    return new OffHeapRows(arena, capacity, dimension, element, 31);
  }

  /** Room for rows in chunks of {@code 1 << chunkShift}. */
  public static OffHeapRows chunked(
      Arena arena, int capacity, int dimension, VectorElement element, int chunkShift) {
    return new OffHeapRows(arena, capacity, dimension, element, chunkShift);
  }

  /** Single-precision rows of these vectors. */
  public static OffHeapRows of(Arena arena, float[]... vectors) {
    OffHeapRows rows = flat(arena, vectors.length, vectors[0].length, VectorElement.FLOAT32);
    for (float[] vector : vectors) {
      rows.add(vector);
    }
    return rows;
  }

  /** Appends a vector, rounded to the element type. */
  public int add(float[] vector) {
    int row = rows;
    if (row == capacity) {
      throw new IllegalStateException("There is room for " + capacity + " rows");
    }
    MemorySegment chunk = chunk(row >>> chunkShift);
    long offset = offset(row);
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      float stored = set(chunk, offset, i, vector[i]);
      squares += (double) stored * stored;
    }
    inverseNorms[row] = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
    rows = row + 1;
    return row;
  }

  /** Appends a row without a vector. */
  public int addNull() {
    int row = add(new float[dimension]);
    nulls.set(row);
    return row;
  }

  private float set(MemorySegment chunk, long offset, int i, float value) {
    return switch (element) {
      case FLOAT32 -> {
        chunk.set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE), offset + 4L * i, value);
        yield value;
      }
      case FLOAT16 -> {
        short half = Float.floatToFloat16(value);
        chunk.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE), offset + 2L * i, half);
        yield Float.float16ToFloat(half);
      }
      case INT8 -> {
        byte whole = (byte) Math.round(value);
        chunk.set(ValueLayout.JAVA_BYTE, offset + i, whole);
        yield whole;
      }
    };
  }

  /** The vector of a row, as it was rounded. */
  public float[] vector(int row) {
    float[] vector = new float[dimension];
    DistanceKernels.scalar()
        .rows(element)
        .decode(chunk(row >>> chunkShift), offset(row), dimension, vector);
    return vector;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public boolean isNull(int row) {
    return nulls.get(row);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public VectorElement element() {
    return element;
  }

  @Override
  public int stride() {
    return stride;
  }

  @Override
  public int chunkShift() {
    return chunkShift;
  }

  @Override
  public MemorySegment chunk(int chunk) {
    return chunks[chunk];
  }

  @Override
  public float inverseNorm(int row) {
    return inverseNorms[row];
  }
}

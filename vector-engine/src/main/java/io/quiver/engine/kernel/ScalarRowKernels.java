package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/** Plain Java; the four sums of a loop are there for the processor's pipelines, not for SIMD. */
abstract class ScalarRowKernels implements RowKernels {
  /** Component {@code i} of the row at {@code offset}. */
  abstract float at(MemorySegment rows, long offset, int i);

  @Override
  public float dot(float[] query, MemorySegment rows, long offset, int dimension) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= dimension; i += 4) {
      a += query[i] * at(rows, offset, i);
      b += query[i + 1] * at(rows, offset, i + 1);
      c += query[i + 2] * at(rows, offset, i + 2);
      d += query[i + 3] * at(rows, offset, i + 3);
    }
    return a + b + (c + d) + dotFrom(i, query, rows, offset, dimension);
  }

  @Override
  public float squaredL2(float[] query, MemorySegment rows, long offset, int dimension) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= dimension; i += 4) {
      a += square(query[i] - at(rows, offset, i));
      b += square(query[i + 1] - at(rows, offset, i + 1));
      c += square(query[i + 2] - at(rows, offset, i + 2));
      d += square(query[i + 3] - at(rows, offset, i + 3));
    }
    return a + b + (c + d) + squaredL2From(i, query, rows, offset, dimension);
  }

  @Override
  public float l1(float[] query, MemorySegment rows, long offset, int dimension) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= dimension; i += 4) {
      a += Math.abs(query[i] - at(rows, offset, i));
      b += Math.abs(query[i + 1] - at(rows, offset, i + 1));
      c += Math.abs(query[i + 2] - at(rows, offset, i + 2));
      d += Math.abs(query[i + 3] - at(rows, offset, i + 3));
    }
    return a + b + (c + d) + l1From(i, query, rows, offset, dimension);
  }

  /** The part of a dot product from component {@code i} on. */
  private float dotFrom(int i, float[] query, MemorySegment rows, long offset, int dimension) {
    float sum = 0;
    for (; i < dimension; i++) {
      sum += query[i] * at(rows, offset, i);
    }
    return sum;
  }

  private float squaredL2From(
      int i, float[] query, MemorySegment rows, long offset, int dimension) {
    float sum = 0;
    for (; i < dimension; i++) {
      sum += square(query[i] - at(rows, offset, i));
    }
    return sum;
  }

  private float l1From(int i, float[] query, MemorySegment rows, long offset, int dimension) {
    float sum = 0;
    for (; i < dimension; i++) {
      sum += Math.abs(query[i] - at(rows, offset, i));
    }
    return sum;
  }

  @Override
  public void dots(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int dimension,
      float[] out,
      int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = dot(query, rows, offsets[i], dimension);
    }
  }

  @Override
  public void squaredL2s(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int dimension,
      float[] out,
      int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = squaredL2(query, rows, offsets[i], dimension);
    }
  }

  @Override
  public void l1s(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int dimension,
      float[] out,
      int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = l1(query, rows, offsets[i], dimension);
    }
  }

  @Override
  public float squaredNorm(MemorySegment rows, long offset, int dimension) {
    return pairDot(rows, offset, rows, offset, dimension);
  }

  @Override
  public float pairDot(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += at(a, aOffset, i) * at(b, bOffset, i);
    }
    return (float) sum;
  }

  @Override
  public float pairSquaredL2(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += square(at(a, aOffset, i) - at(b, bOffset, i));
    }
    return (float) sum;
  }

  @Override
  public float pairL1(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += Math.abs(at(a, aOffset, i) - at(b, bOffset, i));
    }
    return (float) sum;
  }

  @Override
  public void decode(MemorySegment rows, long offset, int dimension, float[] into) {
    for (int i = 0; i < dimension; i++) {
      into[i] = at(rows, offset, i);
    }
  }

  private static float square(float x) {
    return x * x;
  }
}

package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Rows of single precision, eight at once; with four the memory is not kept busy. */
final class SimdFloat32 implements RowKernels {
  static final SimdFloat32 INSTANCE = new SimdFloat32();

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE);

  private SimdFloat32() {}

  private static FloatVector load(MemorySegment rows, long offset, int i) {
    return FloatVector.fromMemorySegment(F, rows, offset + 4L * i, LITTLE);
  }

  private static float at(MemorySegment rows, long offset, int i) {
    return rows.get(FLOAT, offset + 4L * i);
  }

  @Override
  public float dot(float[] query, MemorySegment rows, long offset, int dimension) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    int bound = F.loopBound(dimension);
    int i = 0;
    for (; i + 2 * LANES <= bound; i += 2 * LANES) {
      s0 = FloatVector.fromArray(F, query, i).fma(load(rows, offset, i), s0);
      s1 = FloatVector.fromArray(F, query, i + LANES).fma(load(rows, offset, i + LANES), s1);
    }
    if (i < bound) {
      s0 = FloatVector.fromArray(F, query, i).fma(load(rows, offset, i), s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    return sum + dotFrom(bound, query, rows, offset, dimension);
  }

  private static float dotFrom(
      int i, float[] query, MemorySegment rows, long offset, int dimension) {
    float sum = 0;
    for (; i < dimension; i++) {
      sum += query[i] * at(rows, offset, i);
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
    int end = RowBatch.pad(offsets, count);
    int i = 0;

    for (; i + 8 <= end; i += 8) {
      dot8(query, rows, offsets, i, dimension, out, at + i);
    }
    if (i < end) {
      dot4(query, rows, offsets, i, dimension, out, at + i);
    }
  }

  private static void dot4(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int first,
      int dimension,
      float[] out,
      int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = F.loopBound(dimension);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(F, query, i);
      s0 = q.fma(load(rows, o0, i), s0);
      s1 = q.fma(load(rows, o1, i), s1);
      s2 = q.fma(load(rows, o2, i), s2);
      s3 = q.fma(load(rows, o3, i), s3);
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
    if (bound < dimension) {
      for (int r = 0; r < 4; r++) {
        out[at + r] += dotFrom(bound, query, rows, offsets[first + r], dimension);
      }
    }
  }

  private static void dot8(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int first,
      int dimension,
      float[] out,
      int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    long o4 = offsets[first + 4];
    long o5 = offsets[first + 5];
    long o6 = offsets[first + 6];
    long o7 = offsets[first + 7];
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int bound = F.loopBound(dimension);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(F, query, i);
      s0 = q.fma(load(rows, o0, i), s0);
      s1 = q.fma(load(rows, o1, i), s1);
      s2 = q.fma(load(rows, o2, i), s2);
      s3 = q.fma(load(rows, o3, i), s3);
      s4 = q.fma(load(rows, o4, i), s4);
      s5 = q.fma(load(rows, o5, i), s5);
      s6 = q.fma(load(rows, o6, i), s6);
      s7 = q.fma(load(rows, o7, i), s7);
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
    out[at + 4] = s4.reduceLanes(VectorOperators.ADD);
    out[at + 5] = s5.reduceLanes(VectorOperators.ADD);
    out[at + 6] = s6.reduceLanes(VectorOperators.ADD);
    out[at + 7] = s7.reduceLanes(VectorOperators.ADD);
    if (bound < dimension) {
      for (int r = 0; r < 8; r++) {
        out[at + r] += dotFrom(bound, query, rows, offsets[first + r], dimension);
      }
    }
  }

  @Override
  public float pairDot(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    int bound = F.loopBound(dimension);
    int i = 0;
    for (; i + 2 * LANES <= bound; i += 2 * LANES) {
      s0 = load(a, aOffset, i).fma(load(b, bOffset, i), s0);
      s1 = load(a, aOffset, i + LANES).fma(load(b, bOffset, i + LANES), s1);
    }
    if (i < bound) {
      s0 = load(a, aOffset, i).fma(load(b, bOffset, i), s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (i = bound; i < dimension; i++) {
      sum += at(a, aOffset, i) * at(b, bOffset, i);
    }
    return sum;
  }

  @Override
  public float squaredL2(float[] query, MemorySegment rows, long offset, int dimension) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    int bound = F.loopBound(dimension);
    int i = 0;
    for (; i + 2 * LANES <= bound; i += 2 * LANES) {
      s0 = square(FloatVector.fromArray(F, query, i).sub(load(rows, offset, i)), s0);
      s1 =
          square(FloatVector.fromArray(F, query, i + LANES).sub(load(rows, offset, i + LANES)), s1);
    }
    if (i < bound) {
      s0 = square(FloatVector.fromArray(F, query, i).sub(load(rows, offset, i)), s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    return sum + squaredL2From(bound, query, rows, offset, dimension);
  }

  private static float squaredL2From(
      int i, float[] query, MemorySegment rows, long offset, int dimension) {
    float sum = 0;
    for (; i < dimension; i++) {
      sum += square(query[i] - at(rows, offset, i));
    }
    return sum;
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
    int end = RowBatch.pad(offsets, count);
    int i = 0;

    for (; i + 8 <= end; i += 8) {
      squaredL28(query, rows, offsets, i, dimension, out, at + i);
    }
    if (i < end) {
      squaredL24(query, rows, offsets, i, dimension, out, at + i);
    }
  }

  private static void squaredL24(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int first,
      int dimension,
      float[] out,
      int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = F.loopBound(dimension);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(F, query, i);
      s0 = square(q.sub(load(rows, o0, i)), s0);
      s1 = square(q.sub(load(rows, o1, i)), s1);
      s2 = square(q.sub(load(rows, o2, i)), s2);
      s3 = square(q.sub(load(rows, o3, i)), s3);
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
    if (bound < dimension) {
      for (int r = 0; r < 4; r++) {
        out[at + r] += squaredL2From(bound, query, rows, offsets[first + r], dimension);
      }
    }
  }

  private static void squaredL28(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int first,
      int dimension,
      float[] out,
      int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    long o4 = offsets[first + 4];
    long o5 = offsets[first + 5];
    long o6 = offsets[first + 6];
    long o7 = offsets[first + 7];
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int bound = F.loopBound(dimension);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(F, query, i);
      s0 = square(q.sub(load(rows, o0, i)), s0);
      s1 = square(q.sub(load(rows, o1, i)), s1);
      s2 = square(q.sub(load(rows, o2, i)), s2);
      s3 = square(q.sub(load(rows, o3, i)), s3);
      s4 = square(q.sub(load(rows, o4, i)), s4);
      s5 = square(q.sub(load(rows, o5, i)), s5);
      s6 = square(q.sub(load(rows, o6, i)), s6);
      s7 = square(q.sub(load(rows, o7, i)), s7);
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
    out[at + 4] = s4.reduceLanes(VectorOperators.ADD);
    out[at + 5] = s5.reduceLanes(VectorOperators.ADD);
    out[at + 6] = s6.reduceLanes(VectorOperators.ADD);
    out[at + 7] = s7.reduceLanes(VectorOperators.ADD);
    if (bound < dimension) {
      for (int r = 0; r < 8; r++) {
        out[at + r] += squaredL2From(bound, query, rows, offsets[first + r], dimension);
      }
    }
  }

  @Override
  public float pairSquaredL2(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    int bound = F.loopBound(dimension);
    int i = 0;
    for (; i + 2 * LANES <= bound; i += 2 * LANES) {
      s0 = square(load(a, aOffset, i).sub(load(b, bOffset, i)), s0);
      s1 = square(load(a, aOffset, i + LANES).sub(load(b, bOffset, i + LANES)), s1);
    }
    if (i < bound) {
      s0 = square(load(a, aOffset, i).sub(load(b, bOffset, i)), s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (i = bound; i < dimension; i++) {
      sum += square(at(a, aOffset, i) - at(b, bOffset, i));
    }
    return sum;
  }

  @Override
  public float l1(float[] query, MemorySegment rows, long offset, int dimension) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    int bound = F.loopBound(dimension);
    int i = 0;
    for (; i + 2 * LANES <= bound; i += 2 * LANES) {
      s0 = FloatVector.fromArray(F, query, i).sub(load(rows, offset, i)).abs().add(s0);
      s1 =
          FloatVector.fromArray(F, query, i + LANES)
              .sub(load(rows, offset, i + LANES))
              .abs()
              .add(s1);
    }
    if (i < bound) {
      s0 = FloatVector.fromArray(F, query, i).sub(load(rows, offset, i)).abs().add(s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    return sum + l1From(bound, query, rows, offset, dimension);
  }

  private static float l1From(
      int i, float[] query, MemorySegment rows, long offset, int dimension) {
    float sum = 0;
    for (; i < dimension; i++) {
      sum += Math.abs(query[i] - at(rows, offset, i));
    }
    return sum;
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
    int end = RowBatch.pad(offsets, count);
    for (int i = 0; i < end; i += 4) {
      l14(query, rows, offsets, i, dimension, out, at + i);
    }
  }

  private static void l14(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int first,
      int dimension,
      float[] out,
      int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = F.loopBound(dimension);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(F, query, i);
      s0 = q.sub(load(rows, o0, i)).abs().add(s0);
      s1 = q.sub(load(rows, o1, i)).abs().add(s1);
      s2 = q.sub(load(rows, o2, i)).abs().add(s2);
      s3 = q.sub(load(rows, o3, i)).abs().add(s3);
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
    if (bound < dimension) {
      for (int r = 0; r < 4; r++) {
        out[at + r] += l1From(bound, query, rows, offsets[first + r], dimension);
      }
    }
  }

  @Override
  public float pairL1(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    int bound = F.loopBound(dimension);
    int i = 0;
    for (; i + 2 * LANES <= bound; i += 2 * LANES) {
      s0 = load(a, aOffset, i).sub(load(b, bOffset, i)).abs().add(s0);
      s1 = load(a, aOffset, i + LANES).sub(load(b, bOffset, i + LANES)).abs().add(s1);
    }
    if (i < bound) {
      s0 = load(a, aOffset, i).sub(load(b, bOffset, i)).abs().add(s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (i = bound; i < dimension; i++) {
      sum += Math.abs(at(a, aOffset, i) - at(b, bOffset, i));
    }
    return sum;
  }

  @Override
  public float squaredNorm(MemorySegment rows, long offset, int dimension) {
    return pairDot(rows, offset, rows, offset, dimension);
  }

  @Override
  public void decode(MemorySegment rows, long offset, int dimension, float[] into) {
    int bound = F.loopBound(dimension);
    for (int i = 0; i < bound; i += LANES) {
      load(rows, offset, i).intoArray(into, i);
    }
    for (int i = bound; i < dimension; i++) {
      into[i] = at(rows, offset, i);
    }
  }

  private static FloatVector square(FloatVector difference, FloatVector sum) {
    return difference.fma(difference, sum);
  }

  private static float square(float x) {
    return x * x;
  }
}

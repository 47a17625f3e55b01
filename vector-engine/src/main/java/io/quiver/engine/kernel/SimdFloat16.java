package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of half precision, widened by bits: C2 has no half-to-single conversion for the Vector API.
 *
 * <p>A half's exponent and mantissa, moved 13 bits up, are a single that is too small by 2^112;
 * subnormal halves become subnormal singles and come out right as well.
 */
final class SimdFloat16 implements RowKernels {
  static final SimdFloat16 INSTANCE = new SimdFloat16();

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = F.withLanes(int.class);
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));
  private static final int LANES = F.length();
  private static final int SIGN_AND_MAGNITUDE = 0x8FFFE000;
  private static final float REBIAS = 0x1p112f;
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE);

  private SimdFloat16() {}

  static FloatVector load(MemorySegment rows, long offset, int i) {
    IntVector bits =
        (IntVector)
            ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, LITTLE)
                .convertShape(VectorOperators.S2I, I, 0);
    return bits.lanewise(VectorOperators.LSHL, 13)
        .and(SIGN_AND_MAGNITUDE)
        .reinterpretAsFloats()
        .mul(REBIAS);
  }

  static float at(MemorySegment rows, long offset, int i) {
    return Float.float16ToFloat(rows.get(SHORT, offset + 2L * i));
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
    for (int i = 0; i < end; i += 4) {
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
    for (int i = 0; i < end; i += 4) {
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

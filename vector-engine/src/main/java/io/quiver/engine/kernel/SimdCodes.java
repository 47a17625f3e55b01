package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Codes, a register at a time. C2 emits no byte products from the Vector API, so bytes are cut out
 * of 16-bit numbers, multiplied as such, and their sums widened by shifts.
 *
 * <p>Four rows at a time share what is read of the query, and their misses overlap. Each such
 * method is one piece: C2 counts nodes, and stops inlining methods of ours, but not the Vector
 * API's own, after so many.
 */
final class SimdCodes implements CodeKernels {
  static final SimdCodes INSTANCE = new SimdCodes();

  private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  private static final int BYTES = S.vectorByteSize();
  private static final int SHORTS = S.length();
  private static final int LONGS = L.length();
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  private static final int FOUR = 4;

  private SimdCodes() {}

  @Override
  public void int8(
      short[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int width,
      float[] out,
      int at) {
    if (width % BYTES != 0) {
      ScalarCodes.INSTANCE.int8(query, rows, offsets, count, width, out, at);
      return;
    }
    int i = 0;
    for (; i + FOUR <= count; i += FOUR) {
      int8Four(query, rows, offsets, i, width, out, at + i);
    }
    for (; i < count; i++) {
      out[at + i] = int8(query, rows, offsets[i], width);
    }
  }

  private static int int8(short[] query, MemorySegment rows, long offset, int width) {
    IntVector low = IntVector.zero(I);
    IntVector high = low;
    int half = width >>> 1;
    for (int i = 0, j = 0; i < width; i += BYTES, j += SHORTS) {
      ShortVector pairs = ShortVector.fromMemorySegment(S, rows, offset + i, LITTLE);
      ShortVector even = pairs.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
      ShortVector odd = pairs.lanewise(VectorOperators.ASHR, 8);
      IntVector products =
          even.mul(ShortVector.fromArray(S, query, j))
              .add(odd.mul(ShortVector.fromArray(S, query, half + j)))
              .reinterpretAsInts();
      low = low.add(products.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
      high = high.add(products.lanewise(VectorOperators.ASHR, 16));
    }
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }

  private static void int8Four(
      short[] query,
      MemorySegment rows,
      long[] offsets,
      int first,
      int width,
      float[] out,
      int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    IntVector s0 = IntVector.zero(I);
    IntVector s1 = s0;
    IntVector s2 = s0;
    IntVector s3 = s0;
    int half = width >>> 1;
    for (int i = 0, j = 0; i < width; i += BYTES, j += SHORTS) {
      ShortVector evenQuery = ShortVector.fromArray(S, query, j);
      ShortVector oddQuery = ShortVector.fromArray(S, query, half + j);
      ShortVector r = ShortVector.fromMemorySegment(S, rows, o0 + i, LITTLE);
      IntVector p =
          r.lanewise(VectorOperators.LSHL, 8)
              .lanewise(VectorOperators.ASHR, 8)
              .mul(evenQuery)
              .add(r.lanewise(VectorOperators.ASHR, 8).mul(oddQuery))
              .reinterpretAsInts();
      s0 =
          s0.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
      r = ShortVector.fromMemorySegment(S, rows, o1 + i, LITTLE);
      p =
          r.lanewise(VectorOperators.LSHL, 8)
              .lanewise(VectorOperators.ASHR, 8)
              .mul(evenQuery)
              .add(r.lanewise(VectorOperators.ASHR, 8).mul(oddQuery))
              .reinterpretAsInts();
      s1 =
          s1.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
      r = ShortVector.fromMemorySegment(S, rows, o2 + i, LITTLE);
      p =
          r.lanewise(VectorOperators.LSHL, 8)
              .lanewise(VectorOperators.ASHR, 8)
              .mul(evenQuery)
              .add(r.lanewise(VectorOperators.ASHR, 8).mul(oddQuery))
              .reinterpretAsInts();
      s2 =
          s2.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
      r = ShortVector.fromMemorySegment(S, rows, o3 + i, LITTLE);
      p =
          r.lanewise(VectorOperators.LSHL, 8)
              .lanewise(VectorOperators.ASHR, 8)
              .mul(evenQuery)
              .add(r.lanewise(VectorOperators.ASHR, 8).mul(oddQuery))
              .reinterpretAsInts();
      s3 =
          s3.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void halves(MemorySegment rows, long offset, int width, short[] into) {
    if (width % BYTES != 0) {
      ScalarCodes.INSTANCE.halves(rows, offset, width, into);
      return;
    }
    int half = width >>> 1;
    for (int i = 0, j = 0; i < width; i += BYTES, j += SHORTS) {
      ShortVector pairs = ShortVector.fromMemorySegment(S, rows, offset + i, LITTLE);
      pairs.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8).intoArray(into, j);
      pairs.lanewise(VectorOperators.ASHR, 8).intoArray(into, half + j);
    }
  }

  @Override
  public Int4Query int4(int width) {
    return width % BYTES == 0 ? new SimdInt4(width) : ScalarCodes.INSTANCE.int4(width);
  }

  @Override
  public void bits(
      long[] query, MemorySegment rows, long[] offsets, int count, int width, float[] out, int at) {
    if (width % BYTES != 0) {
      ScalarCodes.INSTANCE.bits(query, rows, offsets, count, width, out, at);
      return;
    }
    int i = 0;
    for (; i + FOUR <= count; i += FOUR) {
      bitsFour(query, rows, offsets, i, width, out, at + i);
    }
    for (; i < count; i++) {
      out[at + i] = bits(query, rows, offsets[i], width);
    }
  }

  private static int bits(long[] query, MemorySegment rows, long offset, int width) {
    LongVector ones = LongVector.zero(L);
    LongVector twos = ones;
    LongVector fours = ones;
    LongVector eights = ones;
    int plane = width >>> 3;
    for (int i = 0; i < plane; i += LONGS) {
      LongVector bits = LongVector.fromMemorySegment(L, rows, offset + 8L * i, LITTLE);
      ones = ones.add(count(bits, query, i));
      twos = twos.add(count(bits, query, plane + i));
      fours = fours.add(count(bits, query, 2 * plane + i));
      eights = eights.add(count(bits, query, 3 * plane + i));
    }
    return (int)
        ones.add(twos.lanewise(VectorOperators.LSHL, 1))
            .add(fours.lanewise(VectorOperators.LSHL, 2))
            .add(eights.lanewise(VectorOperators.LSHL, 3))
            .reduceLanes(VectorOperators.ADD);
  }

  private static void bitsFour(
      long[] query, MemorySegment rows, long[] offsets, int first, int width, float[] out, int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    LongVector s0 = LongVector.zero(L);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    int plane = width >>> 3;
    for (int i = 0; i < plane; i += LONGS) {
      LongVector q0 = LongVector.fromArray(L, query, i);
      LongVector q1 = LongVector.fromArray(L, query, plane + i);
      LongVector q2 = LongVector.fromArray(L, query, 2 * plane + i);
      LongVector q3 = LongVector.fromArray(L, query, 3 * plane + i);
      long at8 = 8L * i;
      LongVector b = LongVector.fromMemorySegment(L, rows, o0 + at8, LITTLE);
      s0 =
          s0.add(b.and(q0).lanewise(VectorOperators.BIT_COUNT))
              .add(b.and(q1).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 1))
              .add(b.and(q2).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 2))
              .add(b.and(q3).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 3));
      b = LongVector.fromMemorySegment(L, rows, o1 + at8, LITTLE);
      s1 =
          s1.add(b.and(q0).lanewise(VectorOperators.BIT_COUNT))
              .add(b.and(q1).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 1))
              .add(b.and(q2).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 2))
              .add(b.and(q3).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 3));
      b = LongVector.fromMemorySegment(L, rows, o2 + at8, LITTLE);
      s2 =
          s2.add(b.and(q0).lanewise(VectorOperators.BIT_COUNT))
              .add(b.and(q1).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 1))
              .add(b.and(q2).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 2))
              .add(b.and(q3).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 3));
      b = LongVector.fromMemorySegment(L, rows, o3 + at8, LITTLE);
      s3 =
          s3.add(b.and(q0).lanewise(VectorOperators.BIT_COUNT))
              .add(b.and(q1).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 1))
              .add(b.and(q2).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 2))
              .add(b.and(q3).lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, 3));
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
  }

  private static LongVector count(LongVector bits, long[] query, int at) {
    return bits.and(LongVector.fromArray(L, query, at)).lanewise(VectorOperators.BIT_COUNT);
  }
}

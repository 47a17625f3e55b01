package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Codes, a register at a time. C2 emits no byte products from the Vector API, so bytes and half
 * bytes are cut out of 16-bit numbers, multiplied as such, and their sums widened by shifts.
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

  /** Sums of so many registers of half bytes fit 16 bits: 4 x 4 x 15 x 127 is 30,480. */
  private static final int STEPS_BEFORE_WIDENING = 4;

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
    for (int i = 0; i < count; i++) {
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

  @Override
  public void int4(
      short[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int width,
      float[] out,
      int at) {
    if (width % BYTES != 0) {
      ScalarCodes.INSTANCE.int4(query, rows, offsets, count, width, out, at);
    } else if (width <= STEPS_BEFORE_WIDENING * BYTES) {
      for (int i = 0; i < count; i++) {
        out[at + i] = int4(query, rows, offsets[i], width, 0, width);
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[at + i] = longInt4(query, rows, offsets[i], width);
      }
    }
  }

  private static int longInt4(short[] query, MemorySegment rows, long offset, int width) {
    int sum = 0;
    int step = STEPS_BEFORE_WIDENING * BYTES;
    for (int from = 0; from < width; from += step) {
      sum += int4(query, rows, offset, width, from, Math.min(width, from + step));
    }
    return sum;
  }

  private static int int4(
      short[] query, MemorySegment rows, long offset, int width, int from, int to) {
    ShortVector sums = ShortVector.zero(S);
    int plane = width >>> 1;
    for (int i = from, j = from >>> 1; i < to; i += BYTES, j += SHORTS) {
      ShortVector fours = ShortVector.fromMemorySegment(S, rows, offset + i, LITTLE);
      sums =
          fours
              .and((short) 15)
              .mul(ShortVector.fromArray(S, query, j))
              .add(sums)
              .add(
                  fours
                      .lanewise(VectorOperators.LSHR, 4)
                      .and((short) 15)
                      .mul(ShortVector.fromArray(S, query, plane + j)))
              .add(
                  fours
                      .lanewise(VectorOperators.LSHR, 8)
                      .and((short) 15)
                      .mul(ShortVector.fromArray(S, query, 2 * plane + j)))
              .add(
                  fours
                      .lanewise(VectorOperators.LSHR, 12)
                      .mul(ShortVector.fromArray(S, query, 3 * plane + j)));
    }
    IntVector pairs = sums.reinterpretAsInts();
    return pairs
        .lanewise(VectorOperators.LSHL, 16)
        .lanewise(VectorOperators.ASHR, 16)
        .add(pairs.lanewise(VectorOperators.ASHR, 16))
        .reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void bits(
      long[] query, MemorySegment rows, long[] offsets, int count, int width, float[] out, int at) {
    if (width % BYTES != 0) {
      ScalarCodes.INSTANCE.bits(query, rows, offsets, count, width, out, at);
      return;
    }
    for (int i = 0; i < count; i++) {
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

  private static LongVector count(LongVector bits, long[] query, int at) {
    return bits.and(LongVector.fromArray(L, query, at)).lanewise(VectorOperators.BIT_COUNT);
  }
}

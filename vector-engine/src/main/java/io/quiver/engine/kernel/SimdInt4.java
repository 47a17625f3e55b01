package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Half bytes, a register at a time, as 16-bit numbers; see {@link SimdCodes}.
 *
 * <p>Bits above a component are not cut off, because the next component's factor makes up for them:
 * from a query's component {@code q[i]} is taken 16 times {@code q[i - width / 2]}. Sums modulo
 * 2^16 are then right, as four products fit 16 bits.
 */
final class SimdInt4 implements Int4Query {
  private static final VectorSpecies<Short> S = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int BYTES = S.vectorByteSize();
  private static final int SHORTS = S.length();
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  private static final int FOUR = 4;

  /** Sums of so many bytes of half bytes fit 16 bits: 4 x 4 x 15 x 127 is 30,480. */
  private static final int WIDENED = 4 * BYTES;

  private final int width;
  private final short[] carried;

  /**
   * @param width of a row in bytes, a multiple of a register's
   */
  SimdInt4(int width) {
    this.width = width;
    this.carried = new short[2 * width];
  }

  @Override
  public void set(short[] components) {
    int plane = width >>> 1;
    System.arraycopy(components, 0, carried, 0, plane);
    for (int i = plane; i < carried.length; i++) {
      carried[i] = (short) (components[i] - 16 * components[i - plane]);
    }
  }

  @Override
  public void products(MemorySegment rows, long[] offsets, int count, float[] out, int at) {
    int i = 0;
    for (; i + FOUR <= count; i += FOUR) {
      int4Four(carried, rows, offsets, i, width, out, at + i);
    }
    for (; i < count; i++) {
      out[at + i] = int4(carried, rows, offsets[i], width);
    }
  }

  private static int int4(short[] query, MemorySegment rows, long offset, int width) {
    IntVector sum = IntVector.zero(I);
    int plane = width >>> 1;
    for (int from = 0; from < width; from += WIDENED) {
      ShortVector a = ShortVector.zero(S);
      ShortVector b = a;
      int to = Math.min(width, from + WIDENED);
      for (int i = from, j = from >>> 1; i < to; i += BYTES, j += SHORTS) {
        ShortVector r = ShortVector.fromMemorySegment(S, rows, offset + i, LITTLE);
        a = a.add(r.mul(ShortVector.fromArray(S, query, j)));
        b =
            b.add(
                r.lanewise(VectorOperators.LSHR, 4)
                    .mul(ShortVector.fromArray(S, query, plane + j)));
        a =
            a.add(
                r.lanewise(VectorOperators.LSHR, 8)
                    .mul(ShortVector.fromArray(S, query, 2 * plane + j)));
        b =
            b.add(
                r.lanewise(VectorOperators.LSHR, 12)
                    .mul(ShortVector.fromArray(S, query, 3 * plane + j)));
      }
      IntVector pairs = a.add(b).reinterpretAsInts();
      sum =
          sum.add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(pairs.lanewise(VectorOperators.ASHR, 16));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static void int4Four(
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
    int plane = width >>> 1;
    for (int from = 0; from < width; from += WIDENED) {
      ShortVector a0 = ShortVector.zero(S);
      ShortVector a1 = a0;
      ShortVector a2 = a0;
      ShortVector a3 = a0;
      int to = Math.min(width, from + WIDENED);
      for (int i = from, j = from >>> 1; i < to; i += BYTES, j += SHORTS) {
        ShortVector r0 = ShortVector.fromMemorySegment(S, rows, o0 + i, LITTLE);
        ShortVector r1 = ShortVector.fromMemorySegment(S, rows, o1 + i, LITTLE);
        ShortVector r2 = ShortVector.fromMemorySegment(S, rows, o2 + i, LITTLE);
        ShortVector r3 = ShortVector.fromMemorySegment(S, rows, o3 + i, LITTLE);
        ShortVector q = ShortVector.fromArray(S, query, j);
        a0 = a0.add(r0.mul(q));
        a1 = a1.add(r1.mul(q));
        a2 = a2.add(r2.mul(q));
        a3 = a3.add(r3.mul(q));
        q = ShortVector.fromArray(S, query, plane + j);
        a0 = a0.add(r0.lanewise(VectorOperators.LSHR, 4).mul(q));
        a1 = a1.add(r1.lanewise(VectorOperators.LSHR, 4).mul(q));
        a2 = a2.add(r2.lanewise(VectorOperators.LSHR, 4).mul(q));
        a3 = a3.add(r3.lanewise(VectorOperators.LSHR, 4).mul(q));
        q = ShortVector.fromArray(S, query, 2 * plane + j);
        a0 = a0.add(r0.lanewise(VectorOperators.LSHR, 8).mul(q));
        a1 = a1.add(r1.lanewise(VectorOperators.LSHR, 8).mul(q));
        a2 = a2.add(r2.lanewise(VectorOperators.LSHR, 8).mul(q));
        a3 = a3.add(r3.lanewise(VectorOperators.LSHR, 8).mul(q));
        q = ShortVector.fromArray(S, query, 3 * plane + j);
        a0 = a0.add(r0.lanewise(VectorOperators.LSHR, 12).mul(q));
        a1 = a1.add(r1.lanewise(VectorOperators.LSHR, 12).mul(q));
        a2 = a2.add(r2.lanewise(VectorOperators.LSHR, 12).mul(q));
        a3 = a3.add(r3.lanewise(VectorOperators.LSHR, 12).mul(q));
      }
      IntVector p = a0.reinterpretAsInts();
      s0 =
          s0.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p = a1.reinterpretAsInts();
      s1 =
          s1.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p = a2.reinterpretAsInts();
      s2 =
          s2.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p = a3.reinterpretAsInts();
      s3 =
          s3.add(p.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .add(p.lanewise(VectorOperators.ASHR, 16));
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
  }
}

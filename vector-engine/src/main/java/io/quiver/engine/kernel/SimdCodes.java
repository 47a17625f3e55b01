package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Int8 codes, four rows at once.
 *
 * <p>A short holds two codes: shifted up and down again it is the even one, shifted down the odd
 * one. C2 emits neither of the processor's byte dot products from the Vector API; two short
 * multiplications and two shifts to widen come closest.
 */
final class SimdCodes implements CodeKernels {
  static final SimdCodes INSTANCE = new SimdCodes();

  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(512, ShortVector.SPECIES_PREFERRED.vectorBitSize()));
  private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
  private static final int BYTES = S.vectorByteSize();
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  private SimdCodes() {}

  @Override
  public void dots(
      MemorySegment query,
      long queryOffset,
      MemorySegment codes,
      long[] offsets,
      int count,
      int stride,
      int[] out) {
    int end = RowBatch.pad(offsets, count);
    for (int i = 0; i < end; i += 4) {
      dot4(query, queryOffset, codes, offsets, i, stride, out);
    }
  }

  private static void dot4(
      MemorySegment query,
      long queryOffset,
      MemorySegment codes,
      long[] offsets,
      int at,
      int stride,
      int[] out) {
    long o0 = offsets[at];
    long o1 = offsets[at + 1];
    long o2 = offsets[at + 2];
    long o3 = offsets[at + 3];
    IntVector s0 = IntVector.zero(I);
    IntVector s1 = s0;
    IntVector s2 = s0;
    IntVector s3 = s0;
    for (int b = 0; b < stride; b += BYTES) {
      ShortVector row = load(query, queryOffset + b);
      ShortVector e = evenOf(row);
      ShortVector o = oddOf(row);
      s0 = s0.add(sumOfHalves(products(load(codes, o0 + b), e, o)));
      s1 = s1.add(sumOfHalves(products(load(codes, o1 + b), e, o)));
      s2 = s2.add(sumOfHalves(products(load(codes, o2 + b), e, o)));
      s3 = s3.add(sumOfHalves(products(load(codes, o3 + b), e, o)));
    }
    out[at] = s0.reduceLanes(VectorOperators.ADD);
    out[at + 1] = s1.reduceLanes(VectorOperators.ADD);
    out[at + 2] = s2.reduceLanes(VectorOperators.ADD);
    out[at + 3] = s3.reduceLanes(VectorOperators.ADD);
  }

  private static ShortVector load(MemorySegment codes, long offset) {
    return ShortVector.fromMemorySegment(S, codes, offset, LITTLE);
  }

  private static ShortVector evenOf(ShortVector codes) {
    return codes.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
  }

  private static ShortVector oddOf(ShortVector codes) {
    return codes.lanewise(VectorOperators.ASHR, 8);
  }

  /** Sums of two products each, in 16 bits: at most 2 * 127 * 127. */
  private static IntVector products(ShortVector codes, ShortVector even, ShortVector odd) {
    return evenOf(codes).mul(even).add(oddOf(codes).mul(odd)).reinterpretAsInts();
  }

  private static IntVector sumOfHalves(IntVector shorts) {
    return shorts
        .lanewise(VectorOperators.LSHL, 16)
        .lanewise(VectorOperators.ASHR, 16)
        .add(shorts.lanewise(VectorOperators.ASHR, 16));
  }
}

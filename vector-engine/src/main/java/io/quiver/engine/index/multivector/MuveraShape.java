package io.quiver.engine.index.multivector;

import io.quiver.engine.CorruptDataException;
import java.lang.foreign.MemorySegment;

/**
 * How multivectors of a column are encoded.
 *
 * @param tokenDimension components of a token
 * @param repetitions of the encoding, each with planes of its own
 * @param planes of a repetition; they make {@code 2^planes} blocks
 * @param block components of a block
 * @param seed of planes and projections
 */
record MuveraShape(int tokenDimension, int repetitions, int planes, int block, long seed) {
  private static final int MOST_COMPONENTS = 1 << 16;

  /**
   * The default. On 1,400 abstracts of 116 tokens and 128 components (Cranfield), the 10 documents
   * of the largest MaxSim are among the first 100 by the encoding with .944, among the first 200
   * with .981; four planes instead of three, or half the repetitions with a block of twice the
   * size, are no better.
   */
  static MuveraShape of(int tokenDimension) {
    return new MuveraShape(tokenDimension, 20, 3, Math.min(16, tokenDimension), 0x6d757665);
  }

  /** Components of an encoding. */
  int size() {
    return repetitions * (1 << planes) * block;
  }

  FixedDimensionalEncoding encoding() {
    return new FixedDimensionalEncoding(this);
  }

  static MuveraShape read(MemorySegment header) {
    MuveraShape shape =
        new MuveraShape(
            header.get(MuveraIndex.INT, 12),
            header.get(MuveraIndex.INT, 16),
            header.get(MuveraIndex.INT, 20),
            header.get(MuveraIndex.INT, 24),
            header.get(MuveraIndex.LONG, 32));
    boolean sound =
        shape.tokenDimension >= 1
            && shape.repetitions >= 1
            && shape.planes >= 0
            && shape.planes <= 8
            && shape.block >= 1
            && shape.block <= shape.tokenDimension
            && (long) shape.repetitions * (1L << shape.planes) * shape.block <= MOST_COMPONENTS;
    if (!sound) {
      throw new CorruptDataException("The header of a MUVERA index is wrong");
    }
    return shape;
  }

  void write(MemorySegment header) {
    header.set(MuveraIndex.INT, 12, tokenDimension);
    header.set(MuveraIndex.INT, 16, repetitions);
    header.set(MuveraIndex.INT, 20, planes);
    header.set(MuveraIndex.INT, 24, block);
    header.set(MuveraIndex.LONG, 32, seed);
  }
}

package io.quiver.engine.quantize;

import io.quiver.engine.io.CacheLine;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * One bit a component: the signs of what is left of a vector without the mean, rotated by chance
 * (RaBitQ: Gao and Long, 2024, arXiv 2405.12497). A sixteenth of the memory of half floats; the
 * nearest by codes are a rough choice, of which many have to be rescored.
 *
 * <p>Layout, little-endian, parts aligned to 64 bytes (docs/format.md, "Bit codes"), after the 64
 * bytes that all codes begin with ({@link CodeHeader}, magic "QVBITS\0\1", at 24 the u64 seed of
 * the rotation):
 *
 * <pre>
 *  f32  mean[dimension]
 *       rows, stride bytes each: u64 bits[size / 64], f32 estimate, f32 squared length, u32 ones
 * </pre>
 *
 * {@code size} is the dimension up to a multiple of 64. A product with the query is estimated as
 * {@code estimate} times the sum of its rotated components, each with the sign of the row's bit.
 */
public final class BitCodes extends RowCodes {
  private static final long MAGIC = 0x0100_5354_4942_5651L;
  private static final long SEED = 0x5EED_0F_51_67_75L;

  /** Bytes of a row beside its bits. */
  static final int FACTORS = 12;

  private final long codesAt;

  private BitCodes(MemorySegment image) {
    super(
        image, CodeHeader.read(image, MAGIC, "Bit codes", BitCodes::strideFor, BitCodes::byteSize));
    this.codesAt = codesAt(header.dimension());
  }

  private BitCodes(BitCodes whole, int from, int count) {
    super(whole.image, whole.sliced(from, count));
    this.codesAt = whole.codesAt + (long) from * header.stride();
  }

  @Override
  public BitCodes slice(int from, int count) {
    return new BitCodes(this, from, count);
  }

  /** Encodes every row; null rows get the codes of what they read as. */
  public static BitCodes encode(VectorRows rows, DistanceMetric metric, Arena arena) {
    if (!serves(metric)) {
      throw new IllegalArgumentException("Bit codes do not serve " + metric);
    }
    int dimension = rows.dimension();
    MemorySegment image = arena.allocate(byteSize(rows.rows(), dimension, metric), 64);
    new CodeHeader(rows.rows(), dimension, strideFor(dimension), metric, image.byteSize())
        .write(image, MAGIC);
    image.set(CodeHeader.LONG, 24, SEED);
    float[] mean = new CodeTraining(rows, metric).mean();
    MemorySegment.copy(mean, 0, image, CodeHeader.FLOAT, CodeHeader.BYTES, dimension);
    BitCodes codes = new BitCodes(image);
    codes.encodeRows(rows, mean);
    return codes;
  }

  private void encodeRows(VectorRows vectors, float[] mean) {
    RowKernels kernels = DistanceKernels.best().rows(vectors.element());
    Rotation rotation = rotation();
    float[] vector = new float[dimension()];
    float[] residual = new float[dimension()];
    float[] rotated = new float[size()];
    for (int row = 0; row < rows(); row++) {
      MemorySegment chunk = vectors.chunk(row >>> vectors.chunkShift());
      kernels.decode(chunk, vectors.offset(row), vector.length, vector);
      Int8Encoder.residual(metric(), vector, mean, residual);
      System.arraycopy(residual, 0, rotated, 0, residual.length);
      Arrays.fill(rotated, residual.length, rotated.length, 0);
      rotation.apply(rotated);
      write(rotated, codesAt + (long) row * header.stride());
    }
  }

  private void write(float[] rotated, long at) {
    double absolute = 0;
    double squares = 0;
    int ones = 0;
    for (int word = 0; word < rotated.length / 64; word++) {
      long bits = 0;
      for (int i = 0; i < 64; i++) {
        float value = rotated[64 * word + i];
        bits |= value > 0 ? 1L << i : 0;
        absolute += Math.abs(value);
        squares += (double) value * value;
      }
      ones += Long.bitCount(bits);
      image.set(CodeHeader.LONG, at + 8L * word, bits);
    }
    long factors = at + rotated.length / 8;
    image.set(CodeHeader.FLOAT, factors, absolute == 0 ? 0 : (float) (squares / absolute));
    image.set(CodeHeader.FLOAT, factors + 4, metric() == DistanceMetric.L2 ? (float) squares : 0);
    image.set(CodeHeader.INT, factors + 8, ones);
  }

  /** Reads codes where they are. */
  public static BitCodes map(MemorySegment image) {
    return new BitCodes(image);
  }

  @Override
  public Quantization kind() {
    return Quantization.BIT;
  }

  @Override
  public RowScorer forQueries() {
    return new BitScorer(this);
  }

  long codesAt() {
    return codesAt;
  }

  /** Components after rotation. */
  int size() {
    return sizeFor(dimension());
  }

  Rotation rotation() {
    return new Rotation(size(), image.get(CodeHeader.LONG, 24));
  }

  float[] mean() {
    float[] mean = new float[dimension()];
    MemorySegment.copy(image, CodeHeader.FLOAT, CodeHeader.BYTES, mean, 0, mean.length);
    return mean;
  }

  private static int sizeFor(int dimension) {
    return (dimension + 63) & ~63;
  }

  /** Bytes of a row: whole cache lines. */
  static int strideFor(int dimension) {
    return (sizeFor(dimension) / 8 + FACTORS + 63) & ~63;
  }

  private static long codesAt(int dimension) {
    return CacheLine.align(CodeHeader.BYTES + 4L * dimension);
  }

  private static long byteSize(int rows, int dimension, DistanceMetric metric) {
    return codesAt(dimension) + (long) rows * strideFor(dimension);
  }
}

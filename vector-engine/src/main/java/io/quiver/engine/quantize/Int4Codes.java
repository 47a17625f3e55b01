package io.quiver.engine.quantize;

import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Half a byte a component: 16 levels, {@code -7.5} to {@code 7.5} steps from the mean, whose size
 * each component has its own. Half the memory of one byte a component; where neighbours are close
 * together, more of the nearest by codes have to be rescored.
 *
 * <p>Layout, little-endian, parts aligned to 64 bytes (docs/format.md, "Int4 codes"), after the 64
 * bytes that all codes begin with ({@link CodeHeader}, magic "QVINT4\0\1"):
 *
 * <pre>
 *  f32  mean[dimension]
 *  f32  step[dimension]
 *  f32  {scale, squared length of the coded residual}[rows]   L2 and inner product only
 *  u4   codes[rows][2 * stride]
 * </pre>
 *
 * A row's component {@code t * stride / 2 + j} is in bits 4t to 4t + 3 of its 16-bit number j.
 */
public final class Int4Codes extends RowCodes {
  static final float MIDDLE = 7.5f;

  private static final long MAGIC = 0x0100_3454_4E49_5651L;
  private static final ValueLayout.OfShort FOUR = LittleEndian.SHORT;

  private final long stepsAt;
  private final long factorsAt;
  private final long codesAt;

  private Int4Codes(MemorySegment image) {
    super(
        image,
        CodeHeader.read(image, MAGIC, "Int4 codes", Int4Codes::strideFor, Int4Codes::byteSize));
    this.stepsAt = stepsAt(header.dimension());
    this.factorsAt = factorsAt(header.dimension());
    this.codesAt = codesAt(header.rows(), header.dimension(), header.metric());
  }

  private Int4Codes(Int4Codes whole, int from, int count) {
    super(whole.image, whole.sliced(from, count));
    this.stepsAt = whole.stepsAt;
    this.factorsAt = whole.factorsAt + 8L * from;
    this.codesAt = whole.codesAt + (long) from * header.stride();
  }

  @Override
  public Int4Codes slice(int from, int count) {
    return new Int4Codes(this, from, count);
  }

  /** Encodes every row; null rows get the codes of what they read as. */
  public static Int4Codes encode(VectorRows rows, DistanceMetric metric, Arena arena) {
    if (!serves(metric)) {
      throw new IllegalArgumentException("Int4 codes do not serve " + metric);
    }
    int dimension = rows.dimension();
    MemorySegment image = arena.allocate(byteSize(rows.rows(), dimension, metric), 64);
    new CodeHeader(rows.rows(), dimension, strideFor(dimension), metric, image.byteSize())
        .write(image, MAGIC);
    CodeTraining training = new CodeTraining(rows, metric);
    float[] mean = training.mean();
    float[] steps = Int4Encoder.steps(training.sample(mean), dimension, metric);
    Int4Codes codes = new Int4Codes(image);
    MemorySegment.copy(mean, 0, image, CodeHeader.FLOAT, CodeHeader.BYTES, dimension);
    MemorySegment.copy(steps, 0, image, CodeHeader.FLOAT, codes.stepsAt, dimension);
    codes.encodeRows(rows, mean, steps);
    return codes;
  }

  private void encodeRows(VectorRows vectors, float[] mean, float[] steps) {
    RowKernels kernels = DistanceKernels.best().rows(vectors.element());
    Int4Encoder encoder = new Int4Encoder(metric(), mean, steps);
    float[] vector = new float[dimension()];
    for (int row = 0; row < rows(); row++) {
      MemorySegment chunk = vectors.chunk(row >>> vectors.chunkShift());
      kernels.decode(chunk, vectors.offset(row), vector.length, vector);
      encoder.encode(vector);
      pack(encoder.levels(), codesAt + (long) row * header.stride());
      if (hasFactors()) {
        image.set(CodeHeader.FLOAT, factorsAt + 8L * row, encoder.scale());
        image.set(CodeHeader.FLOAT, factorsAt + 8L * row + 4, encoder.squaredLength());
      }
    }
  }

  private void pack(byte[] levels, long at) {
    int plane = header.stride() >>> 1;
    for (int i = 0; i < levels.length; i++) {
      long four = at + 2L * (i % plane);
      int before = image.get(FOUR, four);
      image.set(FOUR, four, (short) (before | levels[i] << 4 * (i / plane)));
    }
  }

  /** Reads codes where they are. */
  public static Int4Codes map(MemorySegment image) {
    return new Int4Codes(image);
  }

  @Override
  public Quantization kind() {
    return Quantization.INT4;
  }

  @Override
  public RowScorer forQueries() {
    return new Int4Scorer(this);
  }

  long codesAt() {
    return codesAt;
  }

  float[] mean() {
    return floats(CodeHeader.BYTES);
  }

  /** The size of one step of each component. */
  float[] steps() {
    return floats(stepsAt);
  }

  private float[] floats(long at) {
    float[] values = new float[dimension()];
    MemorySegment.copy(image, CodeHeader.FLOAT, at, values, 0, values.length);
    return values;
  }

  /** Scale and squared length of every row, or null under cosine, where neither is needed. */
  @Nullable MemorySegment factors() {
    return hasFactors() ? image.asSlice(factorsAt, 8L * rows()) : null;
  }

  private boolean hasFactors() {
    return metric() != DistanceMetric.COSINE;
  }

  /** Bytes of a row of codes: whole cache lines, but for short ones. */
  static int strideFor(int dimension) {
    int bytes = (dimension + 1) / 2;
    if (bytes <= 16) {
      return 16;
    }
    return bytes <= 32 ? 32 : (bytes + 63) & ~63;
  }

  private static long stepsAt(int dimension) {
    return CacheLine.align(CodeHeader.BYTES + 4L * dimension);
  }

  private static long factorsAt(int dimension) {
    return CacheLine.align(stepsAt(dimension) + 4L * dimension);
  }

  private static long codesAt(int rows, int dimension, DistanceMetric metric) {
    long factors = metric == DistanceMetric.COSINE ? 0 : 8L * rows;
    return CacheLine.align(factorsAt(dimension) + factors);
  }

  private static long byteSize(int rows, int dimension, DistanceMetric metric) {
    return codesAt(rows, dimension, metric) + (long) rows * strideFor(dimension);
  }
}

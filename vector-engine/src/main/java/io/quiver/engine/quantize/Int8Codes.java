package io.quiver.engine.quantize;

import io.quiver.engine.io.CacheLine;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * One byte a component for every row: a quarter of the memory of floats, and a walk's recall is the
 * same once its best are rescored. Immutable, safe for all threads; written to disk as it is.
 *
 * <p>Layout, little-endian, parts aligned to 64 bytes (docs/format.md, "Int8 codes"):
 *
 * <pre>
 *  0  u64  magic "QVINT8\0\1"
 *  8  u32  rows
 * 12  u32  dimension
 * 16  u32  stride of a row of codes
 * 20  u32  metric: 0 cosine, 1 L2, 2 inner product
 * 24  f32  size of one step under cosine, else 0
 * 28  u32  0
 * 32  u64  total bytes
 * 64  f32  mean[dimension]
 *     f32  {step, squared length of the residual}[rows]   L2 and inner product only
 *     i8   codes[rows][stride]
 * </pre>
 */
public final class Int8Codes extends RowCodes {
  private static final long MAGIC = 0x0100_3854_4E49_5651L;

  private final int rows;
  private final int dimension;
  private final int stride;
  private final DistanceMetric metric;
  private final float commonStep;
  private final long factorsAt;
  private final long codesAt;

  private Int8Codes(MemorySegment image) {
    super(
        image,
        CodeHeader.read(image, MAGIC, "Int8 codes", Int8Codes::strideFor, Int8Codes::byteSize));
    this.rows = header.rows();
    this.dimension = header.dimension();
    this.stride = header.stride();
    this.metric = header.metric();
    this.commonStep = image.get(CodeHeader.FLOAT, 24);
    this.factorsAt = CacheLine.align(CodeHeader.BYTES + 4L * dimension);
    this.codesAt = codesAt(rows, dimension, metric);
  }

  private Int8Codes(Int8Codes whole, int from, int count) {
    super(whole.image, whole.sliced(from, count));
    this.rows = count;
    this.dimension = whole.dimension;
    this.stride = whole.stride;
    this.metric = whole.metric;
    this.commonStep = whole.commonStep;
    this.factorsAt = whole.factorsAt + 8L * from;
    this.codesAt = whole.codesAt + (long) from * stride;
  }

  @Override
  public Int8Codes slice(int from, int count) {
    return new Int8Codes(this, from, count);
  }

  /** Encodes every row; null rows get the codes of what they read as. */
  public static Int8Codes encode(VectorRows rows, DistanceMetric metric, Arena arena) {
    Int8Codes codes = allocate(rows, rows.rows(), metric, arena);
    codes.encodeRows(rows, 0, rows.rows());
    return codes;
  }

  /**
   * Room for codes that are still to be written, row by row.
   *
   * @param sample rows to learn mean and step from
   * @param capacity how many rows there is room for
   */
  public static Int8Codes allocate(
      VectorRows sample, int capacity, DistanceMetric metric, Arena arena) {
    if (!serves(metric)) {
      throw new IllegalArgumentException("Int8 codes do not serve " + metric);
    }
    int dimension = sample.dimension();
    MemorySegment image = arena.allocate(byteSize(capacity, dimension, metric), 64);
    CodeTraining training = new CodeTraining(sample, metric);
    float[] mean = training.mean();
    new CodeHeader(capacity, dimension, strideFor(dimension), metric, image.byteSize())
        .write(image, MAGIC);
    image.set(CodeHeader.FLOAT, 24, metric == DistanceMetric.COSINE ? training.scale(mean) : 0);
    MemorySegment.copy(mean, 0, image, CodeHeader.FLOAT, CodeHeader.BYTES, dimension);
    return new Int8Codes(image);
  }

  /** Reads codes where they are. */
  public static Int8Codes map(MemorySegment image) {
    return new Int8Codes(image);
  }

  @Override
  public Quantization kind() {
    return Quantization.INT8;
  }

  @Override
  public RowScorer forQueries() {
    return Int8Scorer.forQueries(this);
  }

  /** Encodes some of the rows, those from {@code from} to before {@code to}. */
  public void encodeRows(VectorRows vectors, int from, int to) {
    RowKernels kernels = DistanceKernels.best().rows(vectors.element());
    Int8Encoder encoder = new Int8Encoder(metric, mean(), commonStep);
    float[] vector = new float[dimension];
    for (int row = from; row < to; row++) {
      MemorySegment chunk = vectors.chunk(row >>> vectors.chunkShift());
      kernels.decode(chunk, vectors.offset(row), dimension, vector);
      float step = encoder.encode(vector, image, offset(row));
      if (hasFactors()) {
        image.set(CodeHeader.FLOAT, factorsAt + 8L * row, step);
        float length = metric == DistanceMetric.L2 ? step * step * selfProduct(row) : 0;
        image.set(CodeHeader.FLOAT, factorsAt + 8L * row + 4, length);
      }
    }
  }

  float[] mean() {
    float[] mean = new float[dimension];
    MemorySegment.copy(image, CodeHeader.FLOAT, CodeHeader.BYTES, mean, 0, dimension);
    return mean;
  }

  /**
   * Step and squared residual length of every row, 8 bytes each: those on disk, or under cosine,
   * where searching does without and only building needs them, room in {@code arena} for {@link
   * #fillFactors}.
   */
  MemorySegment factorsForPairs(Arena arena) {
    return hasFactors()
        ? image.asSlice(factorsAt, 8L * rows)
        : arena.allocate(Math.max(8, 8L * rows), 64);
  }

  /** Works out the factors of some rows, where they are not those on disk. */
  void fillFactors(MemorySegment factors, int from, int to) {
    for (int row = from; row < to && !hasFactors(); row++) {
      factors.set(CodeHeader.FLOAT, 8L * row, commonStep);
      factors.set(CodeHeader.FLOAT, 8L * row + 4, commonStep * commonStep * selfProduct(row));
    }
  }

  /**
   * How many components of some rows have the largest code there is: where they are many, the rows
   * are unlike those the step was learnt from.
   */
  public long saturated(int from, int to) {
    long count = 0;
    for (int row = from; row < to; row++) {
      long at = offset(row);
      for (int i = 0; i < dimension; i++) {
        count += Math.abs(image.get(ValueLayout.JAVA_BYTE, at + i)) == Int8Encoder.LARGEST ? 1 : 0;
      }
    }
    return count;
  }

  /** Step and squared residual length of every row, or null where one step serves all. */
  @Nullable MemorySegment factors() {
    return hasFactors() ? image.asSlice(factorsAt, 8L * rows) : null;
  }

  private float selfProduct(int row) {
    return DistanceKernels.best()
        .rows(VectorElement.INT8)
        .squaredNorm(image, offset(row), dimension);
  }

  private boolean hasFactors() {
    return metric != DistanceMetric.COSINE;
  }

  /** Bytes of a row of codes: whole cache lines, but for short ones. */
  public static int strideFor(int dimension) {
    return VectorRows.strideFor(dimension, VectorElement.INT8);
  }

  /** Where a row's codes begin in the image. */
  long offset(int row) {
    return codesAt + (long) row * stride;
  }

  float commonStep() {
    return commonStep;
  }

  private static long byteSize(int rows, int dimension, DistanceMetric metric) {
    return codesAt(rows, dimension, metric) + (long) rows * strideFor(dimension);
  }

  private static long codesAt(int rows, int dimension, DistanceMetric metric) {
    long factors = metric == DistanceMetric.COSINE ? 0 : 8L * rows;
    return CacheLine.align(CacheLine.align(CodeHeader.BYTES + 4L * dimension) + factors);
  }
}

package io.quiver.engine.quantize;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.DistanceMetric;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntUnaryOperator;

/**
 * The first 64 bytes of all codes, little-endian:
 *
 * <pre>
 *  0  u64  magic, which says the kind
 *  8  u32  rows
 * 12  u32  dimension
 * 16  u32  stride of a row of codes
 * 20  u32  metric: 0 cosine, 1 L2, 2 inner product
 * 24       8 bytes of the kind's own
 * 32  u64  total bytes
 * </pre>
 */
record CodeHeader(int rows, int dimension, int stride, DistanceMetric metric, long totalBytes) {
  static final int BYTES = 64;

  static final ValueLayout.OfInt INT = LittleEndian.INT;
  static final ValueLayout.OfLong LONG = LittleEndian.LONG;
  static final ValueLayout.OfFloat FLOAT = LittleEndian.FLOAT;

  /** Bytes that codes of this shape must have. */
  @FunctionalInterface
  interface Size {
    long of(int rows, int dimension, DistanceMetric metric);
  }

  void write(MemorySegment image, long magic) {
    image.set(LONG, 0, magic);
    image.set(INT, 8, rows);
    image.set(INT, 12, dimension);
    image.set(INT, 16, stride);
    image.set(INT, 20, codeOf(metric));
    image.set(LONG, 32, totalBytes);
  }

  /**
   * Reads and checks a header.
   *
   * @param what the codes' name, for messages
   * @param stride the stride of a dimension
   */
  static CodeHeader read(
      MemorySegment image, long magic, String what, IntUnaryOperator stride, Size size) {
    if (image.byteSize() < BYTES || image.get(LONG, 0) != magic) {
      throw new CorruptDataException(what + " do not begin with their mark");
    }
    int rows = image.get(INT, 8);
    int dimension = image.get(INT, 12);
    int metric = image.get(INT, 20);
    long bytes = image.get(LONG, 32);
    if (rows < 0
        || dimension < 1
        || image.get(INT, 16) != stride.applyAsInt(dimension)
        || metric < 0
        || metric > 2
        || bytes != size.of(rows, dimension, metricOf(metric))
        || image.byteSize() < bytes) {
      throw new CorruptDataException(
          what + " of " + rows + " rows of dimension " + dimension + " do not fit their header");
    }
    return new CodeHeader(rows, dimension, image.get(INT, 16), metricOf(metric), bytes);
  }

  private static int codeOf(DistanceMetric metric) {
    return switch (metric) {
      case COSINE -> 0;
      case L2 -> 1;
      case INNER_PRODUCT -> 2;
      case L1 -> throw new IllegalArgumentException("Codes do not serve L1");
    };
  }

  private static DistanceMetric metricOf(int code) {
    return switch (code) {
      case 0 -> DistanceMetric.COSINE;
      case 1 -> DistanceMetric.L2;
      default -> DistanceMetric.INNER_PRODUCT;
    };
  }
}

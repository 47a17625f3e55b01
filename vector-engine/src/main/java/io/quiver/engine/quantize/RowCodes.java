package io.quiver.engine.quantize;

import io.quiver.engine.io.ByteSink;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Small codes in place of vectors, one of a fixed width for each row of a segment. Immutable, safe
 * for all threads; one piece of memory, the same on disk.
 */
public abstract sealed class RowCodes permits Int8Codes, Int4Codes, BitCodes {
  final MemorySegment image;
  final CodeHeader header;

  RowCodes(MemorySegment image, CodeHeader header) {
    this.image = image;
    this.header = header;
  }

  /** Which codes they are; neither {@code AUTO} nor {@code NONE}. */
  public abstract Quantization kind();

  public final int rows() {
    return header.rows();
  }

  public final int dimension() {
    return header.dimension();
  }

  public final DistanceMetric metric() {
    return header.metric();
  }

  /**
   * Some of the rows, from {@code from} on, the first of them as row 0; for searching, not for
   * writing.
   */
  public abstract RowCodes slice(int from, int count);

  /** The header of a part of the rows. */
  final CodeHeader sliced(int from, int count) {
    Objects.checkFromIndexSize(from, count, rows());
    return new CodeHeader(
        count, header.dimension(), header.stride(), header.metric(), header.totalBytes());
  }

  final MemorySegment image() {
    return image;
  }

  /** Bytes of all of it. */
  public final long byteSize() {
    return header.totalBytes();
  }

  /** A scorer of rows against queries from outside. */
  public abstract RowScorer forQueries();

  public final void writeTo(ByteSink sink) throws IOException {
    sink.write(image().asSlice(0, byteSize()));
  }

  /**
   * How many of the nearest by codes are to be ranked again by full vectors, so that the nearest
   * {@code k} are among them.
   */
  public final int shortlist(int k) {
    long most =
        switch (kind()) {
          case INT4 -> Math.max(3L * k, k + 26L);
          case BIT -> Math.max(10L * k, k + 90L);
          case INT8, NONE, AUTO -> Math.max(2L * k, k + 16L);
        };
    return (int) Math.min(Integer.MAX_VALUE / 2, most);
  }

  /** Whether codes serve this metric: a sum of absolute differences is no dot product. */
  public static boolean serves(DistanceMetric metric) {
    return metric != DistanceMetric.L1;
  }

  /** Bytes a row of codes takes, per-row factors apart. */
  public static int strideFor(Quantization kind, int dimension) {
    return switch (kind) {
      case INT8 -> Int8Codes.strideFor(dimension);
      case INT4 -> Int4Codes.strideFor(dimension);
      case BIT -> BitCodes.strideFor(dimension);
      case NONE, AUTO -> throw new IllegalArgumentException("No codes: " + kind);
    };
  }

  /** Encodes every row; null rows get the codes of what they read as. */
  public static RowCodes encode(
      Quantization kind, VectorRows rows, DistanceMetric metric, Arena arena) {
    return switch (kind) {
      case INT8 -> Int8Codes.encode(rows, metric, arena);
      case INT4 -> Int4Codes.encode(rows, metric, arena);
      case BIT -> BitCodes.encode(rows, metric, arena);
      case NONE, AUTO -> throw new IllegalArgumentException("No codes: " + kind);
    };
  }

  /** Reads codes where they are. */
  public static RowCodes map(Quantization kind, MemorySegment image) {
    return switch (kind) {
      case INT8 -> Int8Codes.map(image);
      case INT4 -> Int4Codes.map(image);
      case BIT -> BitCodes.map(image);
      case NONE, AUTO -> throw new IllegalArgumentException("No codes: " + kind);
    };
  }
}

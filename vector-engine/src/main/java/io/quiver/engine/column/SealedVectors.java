package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.io.ReadAdvice;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Dense vectors at the stride the kernels want, and one over the length of each. */
final class SealedVectors extends SealedColumn implements DenseColumn {
  private final ColumnType.DenseVector type;
  private final int stride;
  private final MemorySegment vectors;
  private final MemorySegment inverseNorms;

  SealedVectors(ColumnType.DenseVector type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.FIXED);
    this.type = type;
    this.stride = VectorRows.strideFor(type.dimension(), type.element());
    this.vectors = parts.part(VALUES, (long) parts.rows() * stride);
    if (stride <= ReadAdvice.SMALL) {
      // Most reads are of the few rows a query ranks again.
      ReadAdvice.atRandom(vectors);
    }
    this.inverseNorms = parts.part(INVERSE_NORMS, (long) parts.rows() * Float.BYTES);
  }

  static int write(ColumnType.DenseVector type, Picks picks, PartsWriter writer)
      throws IOException {
    int stride = VectorRows.strideFor(type.dimension(), type.element());
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      DenseColumn column = (DenseColumn) picks.column(i);
      int row = picks.row(i);
      writer.put(column.chunk(row >>> column.chunkShift()), column.offset(row), stride);
    }
    writer.part(INVERSE_NORMS);
    for (int i = 0; i < picks.size(); i++) {
      float inverse = ((DenseColumn) picks.column(i)).inverseNorm(picks.row(i));
      writer.putInt(Float.floatToRawIntBits(inverse));
    }
    return Encoding.FIXED;
  }

  @Override
  public ColumnType.DenseVector type() {
    return type;
  }

  @Override
  public boolean isNull(int row) {
    return DenseColumn.super.isNull(row);
  }

  @Override
  public int stride() {
    return stride;
  }

  @Override
  public int chunkShift() {
    return 31;
  }

  @Override
  public MemorySegment chunk(int chunk) {
    return vectors;
  }

  @Override
  public void readAhead(int from, int count) {
    ReadAdvice.inOrder(vectors.asSlice((long) from * stride, (long) count * stride));
  }

  @Override
  public float inverseNorm(int row) {
    return inverseNorms.get(LittleEndian.FLOAT, (long) row * Float.BYTES);
  }
}

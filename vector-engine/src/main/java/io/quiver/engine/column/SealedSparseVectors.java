package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Sparse vectors: all indices, then all weights; the forward file of an inverted index. */
final class SealedSparseVectors extends SealedColumn implements SparseColumn {
  private final MemorySegment indices;
  private final MemorySegment weights;
  private final Offsets offsets;

  SealedSparseVectors(ColumnType.SparseVector type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.LIST);
    this.indices = parts.part(VALUES);
    this.weights = parts.part(WEIGHTS, indices.byteSize());
    this.offsets = Offsets.map(parts, OFFSETS, parts.rows(), indices.byteSize() / Integer.BYTES);
    for (int row = 0; row < parts.rows(); row++) {
      int before = -1;
      for (long at = offsets.at(row); at < offsets.at(row + 1); at++) {
        int index = indices.get(LittleEndian.INT, at * Integer.BYTES);
        float weight = weights.get(LittleEndian.FLOAT, at * Float.BYTES);
        boolean valid =
            index > before && index < type.dimension() && Float.isFinite(weight) && weight != 0;
        parts.check(valid, "row " + row + " has weight " + weight + " of index " + index);
        before = index;
      }
    }
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    Offsets.write(
        writer, OFFSETS, picks.size(), i -> ((SparseColumn) picks.column(i)).count(picks.row(i)));
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      SparseColumn column = (SparseColumn) picks.column(i);
      int row = picks.row(i);
      long bytes = (long) column.count(row) * Integer.BYTES;
      writer.put(column.indexSegment(row), column.indexOffset(row), bytes);
    }
    writer.part(WEIGHTS);
    for (int i = 0; i < picks.size(); i++) {
      SparseColumn column = (SparseColumn) picks.column(i);
      int row = picks.row(i);
      long bytes = (long) column.count(row) * Float.BYTES;
      writer.put(column.weightSegment(row), column.weightOffset(row), bytes);
    }
    return Encoding.LIST;
  }

  @Override
  public int count(int row) {
    return offsets.length(row);
  }

  @Override
  public MemorySegment indexSegment(int row) {
    return indices;
  }

  @Override
  public long indexOffset(int row) {
    return offsets.at(row) * Integer.BYTES;
  }

  @Override
  public MemorySegment weightSegment(int row) {
    return weights;
  }

  @Override
  public long weightOffset(int row) {
    return offsets.at(row) * Float.BYTES;
  }
}

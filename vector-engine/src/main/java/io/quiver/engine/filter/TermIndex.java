package io.quiver.engine.filter;

import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.CodeReader;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.LongColumn;
import io.quiver.engine.column.Offsets;
import io.quiver.engine.column.Parts;
import io.quiver.engine.column.PartsWriter;
import io.quiver.engine.column.TextArrayColumn;
import io.quiver.engine.search.RowBitmap;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * For each dictionary code (of a BOOLEAN: 0 and 1) the rows that have it, as a Roaring bitmap in
 * its portable format.
 */
final class TermIndex extends PayloadIndex {
  private static final int OFFSETS = 1;
  private static final int BITMAPS = 2;

  private final Parts parts;
  private final int terms;
  private final Offsets offsets;
  private final MemorySegment bitmaps;

  TermIndex(Column column, Parts parts) {
    super(column, parts.present());
    this.parts = parts;
    this.terms = termCount(column);
    parts.check(terms >= 0, "its column has no terms");
    this.bitmaps = parts.part(BITMAPS);
    this.offsets = Offsets.map(parts, OFFSETS, terms, bitmaps.byteSize());
    for (int term = 0; term < terms; term++) {
      check(term);
    }
  }

  /** Roaring trusts its bytes, so damage shows as any exception. */
  private void check(int term) {
    boolean valid;
    try {
      ImmutableRoaringBitmap bitmap = bitmap(term);
      valid =
          bitmap.serializedSizeInBytes() == offsets.length(term)
              && bitmap.validate()
              && (bitmap.isEmpty() || (bitmap.first() >= 0 && bitmap.last() < rows()));
    } catch (RuntimeException e) {
      throw parts.corrupt("the bitmap of term " + term + " cannot be read: " + e.getMessage());
    }
    parts.check(valid, "the bitmap of term " + term + " is not what was written");
  }

  static void write(Column column, PartsWriter writer) throws IOException {
    int terms = termCount(column);
    long[] starts = new long[terms + 1];
    forEach(column, (row, term) -> starts[term + 1]++);
    for (int term = 0; term < terms; term++) {
      starts[term + 1] += starts[term];
    }
    int[] rows = new int[Math.toIntExact(starts[terms])];
    long[] next = starts.clone();
    forEach(column, (row, term) -> rows[(int) next[term]++] = row);
    int[] lengths = new int[terms];
    writer.part(BITMAPS);
    for (int term = 0; term < terms; term++) {
      MutableRoaringBitmap bitmap = new MutableRoaringBitmap();
      bitmap.addN(rows, (int) starts[term], (int) (starts[term + 1] - starts[term]));
      bitmap.runOptimize();
      ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
      bitmap.serialize(bytes);
      lengths[term] = bytes.capacity();
      writer.put(MemorySegment.ofArray(bytes.array()), 0, lengths[term]);
    }
    Offsets.write(writer, OFFSETS, terms, term -> lengths[term]);
  }

  private interface Occurrence {
    void accept(int row, int term);
  }

  /** Visits each term of each row once, rows ascending. */
  private static void forEach(Column column, Occurrence occurrence) {
    for (int row = 0; row < column.rows(); row++) {
      if (column.isNull(row)) {
        continue;
      }
      switch (column) {
        case LongColumn longs -> occurrence.accept(row, (int) longs.longAt(row));
        case BytesColumn bytes ->
            occurrence.accept(row, Objects.requireNonNull(bytes.codes()).code(row));
        case TextArrayColumn arrays -> {
          for (int code : distinct(arrays, row)) {
            occurrence.accept(row, code);
          }
        }
        default -> throw new IllegalArgumentException("Invalid terms: of " + column.type());
      }
    }
  }

  private static int[] distinct(TextArrayColumn arrays, int row) {
    CodeReader reader = Objects.requireNonNull(arrays.codes());
    int[] codes = new int[arrays.count(row)];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = reader.code(arrays.first(row) + i);
    }
    return codes.length < 2 ? codes : Arrays.stream(codes).sorted().distinct().toArray();
  }

  int terms() {
    return terms;
  }

  private ImmutableRoaringBitmap bitmap(int term) {
    MemorySegment bytes = bitmaps.asSlice(offsets.at(term), offsets.length(term));
    return new ImmutableRoaringBitmap(bytes.asByteBuffer());
  }

  /** How many rows have a term. */
  int count(int term) {
    return bitmap(term).getCardinality();
  }

  /** Adds the rows that have a term. */
  void addTo(int term, RowBitmap into) {
    BatchIterator rows = bitmap(term).getBatchIterator();
    int[] batch = new int[256];
    while (rows.hasNext()) {
      int count = rows.nextBatch(batch);
      for (int i = 0; i < count; i++) {
        into.add(batch[i]);
      }
    }
  }

  @Override
  public void verify() {
    long[] counts = new long[terms];
    ImmutableRoaringBitmap[] all = new ImmutableRoaringBitmap[terms];
    Arrays.setAll(all, this::bitmap);
    forEach(
        column(),
        (row, term) -> {
          parts.check(all[term].contains(row), "term " + term + " lacks row " + row);
          counts[term]++;
        });
    for (int term = 0; term < terms; term++) {
      parts.check(all[term].getCardinality() == counts[term], "term " + term + " has other rows");
    }
  }

  @Override
  public long bytes() {
    return parts.bytes();
  }
}

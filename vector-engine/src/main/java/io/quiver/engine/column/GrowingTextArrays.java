package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Lists of strings as they come: for each row the ends of its strings as u32, then the strings. */
final class GrowingTextArrays extends GrowingSpans implements TextArrayColumn {
  GrowingTextArrays(ColumnType.TextArray type, Arena arena) {
    super(type, arena);
  }

  @Override
  void store(int row, Object value) {
    String[] strings = (String[]) value;
    byte[][] encoded = new byte[strings.length][];
    long length = (long) Integer.BYTES * strings.length;
    for (int i = 0; i < strings.length; i++) {
      encoded[i] = strings[i].getBytes(StandardCharsets.UTF_8);
      length += encoded[i].length;
    }
    long address = values.heap().allocate(length);
    MemorySegment segment = values.heap().segment(address);
    long ends = ByteHeap.offset(address);
    long start = ends + (long) Integer.BYTES * strings.length;
    int end = 0;
    for (int i = 0; i < encoded.length; i++) {
      MemorySegment.copy(encoded[i], 0, segment, LittleEndian.BYTE, start + end, encoded[i].length);
      end += encoded[i].length;
      segment.set(LittleEndian.INT, ends + (long) Integer.BYTES * i, end);
    }
    values.put(row, address, strings.length);
  }

  @Override
  public int count(int row) {
    return values.count(row);
  }

  private int end(int row, int element) {
    return element < 0
        ? 0
        : values
            .segment(row)
            .get(LittleEndian.INT, values.offset(row) + (long) Integer.BYTES * element);
  }

  @Override
  public int length(int row, int element) {
    return end(row, element) - end(row, element - 1);
  }

  @Override
  public MemorySegment segment(int row, int element) {
    return values.segment(row);
  }

  @Override
  public long offset(int row, int element) {
    return values.offset(row) + (long) Integer.BYTES * count(row) + end(row, element - 1);
  }
}

package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * DECIMAL as it comes. A row is the unscaled value, the scale, and 0; or, where the unscaled value
 * needs more than 64 bits, an address of its bytes (most significant first), the scale, and their
 * number.
 */
final class GrowingDecimals extends GrowingColumn implements DecimalColumn {
  private static final int WIDTH = 16;
  private static final int SCALE = 8;
  private static final int LENGTH = 12;

  private final Chunks values;
  private final ByteHeap heap;

  GrowingDecimals(ColumnType.Scalar type, Arena arena) {
    super(type, arena);
    this.values = new Chunks(arena, WIDTH, 512);
    this.heap = new ByteHeap(arena);
  }

  @Override
  void store(int row, Object value) {
    BigDecimal decimal = (BigDecimal) value;
    BigInteger unscaled = decimal.unscaledValue();
    values.ensure(row);
    MemorySegment chunk = values.of(row);
    long at = values.offset(row);
    chunk.set(LittleEndian.INT, at + SCALE, decimal.scale());
    if (unscaled.bitLength() < Long.SIZE) {
      chunk.set(LittleEndian.LONG, at, unscaled.longValue());
    } else {
      byte[] bytes = unscaled.toByteArray();
      chunk.set(LittleEndian.LONG, at, heap.append(bytes));
      chunk.set(LittleEndian.INT, at + LENGTH, bytes.length);
    }
  }

  @Override
  void storeNull(int row) {
    values.ensure(row);
  }

  @Override
  long valueBytes() {
    return values.bytes() + heap.bytes();
  }

  private int length(int row) {
    return values.of(row).get(LittleEndian.INT, values.offset(row) + LENGTH);
  }

  @Override
  public boolean isCompact(int row) {
    return length(row) == 0;
  }

  @Override
  public long unscaled(int row) {
    return values.longAt(row);
  }

  @Override
  public int scale(int row) {
    return values.of(row).get(LittleEndian.INT, values.offset(row) + SCALE);
  }

  @Override
  public BigDecimal decimal(int row) {
    int length = length(row);
    if (length == 0) {
      return BigDecimal.valueOf(unscaled(row), scale(row));
    }
    long address = values.longAt(row);
    byte[] bytes = new byte[length];
    MemorySegment.copy(
        heap.segment(address), LittleEndian.BYTE, ByteHeap.offset(address), bytes, 0, length);
    return new BigDecimal(new BigInteger(bytes), scale(row));
  }
}

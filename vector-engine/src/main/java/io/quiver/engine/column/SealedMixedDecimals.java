package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;

/** DECIMAL of any scale: for each row its scale as i32, then the unscaled value's bytes. */
final class SealedMixedDecimals extends SealedColumn implements DecimalColumn {
  private final MemorySegment values;
  private final Offsets offsets;

  SealedMixedDecimals(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    this.values = parts.part(VALUES);
    this.offsets = Offsets.map(parts, OFFSETS, parts.rows(), values.byteSize());
    for (int row = 0; row < parts.rows(); row++) {
      int length = offsets.length(row);
      boolean fits = isNull(row) ? length == 0 : length > Integer.BYTES;
      parts.check(fits, "row " + row + " has a decimal of " + length + " bytes");
    }
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    Offsets.write(
        writer,
        OFFSETS,
        picks.size(),
        i -> picks.isNull(i) ? 0 : Integer.BYTES + unscaled(picks, i).length);
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      if (!picks.isNull(i)) {
        writer.putInt(((DecimalColumn) picks.column(i)).scale(picks.row(i)));
        byte[] unscaled = unscaled(picks, i);
        writer.put(MemorySegment.ofArray(unscaled), 0, unscaled.length);
      }
    }
    return Encoding.MIXED_SCALE;
  }

  private static byte[] unscaled(Picks picks, int position) {
    DecimalColumn column = (DecimalColumn) picks.column(position);
    return column.decimal(picks.row(position)).unscaledValue().toByteArray();
  }

  private int unscaledLength(int row) {
    return Math.max(0, offsets.length(row) - Integer.BYTES);
  }

  @Override
  public boolean isCompact(int row) {
    return unscaledLength(row) <= Long.BYTES;
  }

  /** Most significant byte first, as {@link BigInteger#toByteArray} gives it. */
  @Override
  public long unscaled(int row) {
    int length = unscaledLength(row);
    if (length == 0) {
      return 0;
    }
    long at = offsets.at(row) + Integer.BYTES;
    long value = values.get(LittleEndian.BYTE, at);
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (values.get(LittleEndian.BYTE, at + i) & 0xFF);
    }
    return value;
  }

  @Override
  public int scale(int row) {
    return isNull(row) ? 0 : values.get(LittleEndian.INT, offsets.at(row));
  }

  @Override
  public BigDecimal decimal(int row) {
    if (isCompact(row)) {
      return BigDecimal.valueOf(unscaled(row), scale(row));
    }
    byte[] bytes = new byte[unscaledLength(row)];
    MemorySegment.copy(
        values, LittleEndian.BYTE, offsets.at(row) + Integer.BYTES, bytes, 0, bytes.length);
    return new BigDecimal(new BigInteger(bytes), scale(row));
  }
}

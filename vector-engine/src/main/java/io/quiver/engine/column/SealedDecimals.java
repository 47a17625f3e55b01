package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;

/** DECIMAL of one scale: unscaled values in eight bytes a row. */
final class SealedDecimals extends SealedColumn implements DecimalColumn {
  private final int scale;
  private final MemorySegment values;
  private final ZoneMap zones;

  private SealedDecimals(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    this.scale = parts.part(SCALE, Integer.BYTES).get(LittleEndian.INT, 0);
    parts.check(scale >= 0, "its scale is " + scale);
    this.values = parts.part(VALUES, (long) parts.rows() * Long.BYTES);
    this.zones = Zones.map(parts);
  }

  static SealedColumn map(ColumnType.Scalar type, Parts parts) {
    expect(parts, Encoding.COMMON_SCALE, Encoding.MIXED_SCALE);
    return parts.encoding() == Encoding.COMMON_SCALE
        ? new SealedDecimals(type, parts)
        : new SealedMixedDecimals(type, parts);
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    int scale = commonScale(picks);
    if (scale < 0) {
      return SealedMixedDecimals.write(picks, writer);
    }
    writer.part(SCALE).putInt(scale);
    Zones.Builder zones = new Zones.Builder(picks.size());
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      long value = 0;
      if (!picks.isNull(i)) {
        value = ((DecimalColumn) picks.column(i)).unscaled(picks.row(i));
        zones.add(i, value);
      }
      writer.putLong(value);
    }
    zones.write(writer);
    return Encoding.COMMON_SCALE;
  }

  /** The scale of all rows if they share one that is not negative and are compact, or -1. */
  private static int commonScale(Picks picks) {
    int scale = -1;
    for (int i = 0; i < picks.size(); i++) {
      if (picks.isNull(i)) {
        continue;
      }
      DecimalColumn column = (DecimalColumn) picks.column(i);
      int row = picks.row(i);
      if (scale < 0) {
        scale = column.scale(row);
      }
      if (scale < 0 || column.scale(row) != scale || !column.isCompact(row)) {
        return -1;
      }
    }
    return Math.max(0, scale);
  }

  @Override
  public boolean isCompact(int row) {
    return true;
  }

  @Override
  public long unscaled(int row) {
    return values.get(LittleEndian.LONG, (long) row * Long.BYTES);
  }

  @Override
  public void read(int from, int count, long[] into) {
    MemorySegment.copy(values, LittleEndian.LONG, (long) from * Long.BYTES, into, 0, count);
  }

  @Override
  public int scale(int row) {
    return isNull(row) ? 0 : scale;
  }

  @Override
  public BigDecimal decimal(int row) {
    return BigDecimal.valueOf(unscaled(row), scale);
  }

  @Override
  public int commonScale() {
    return scale;
  }

  @Override
  public ZoneMap zones() {
    return zones;
  }
}

package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** FLOAT32 in four bytes a row, FLOAT64 in eight. */
final class SealedDoubles extends SealedColumn implements DoubleColumn {
  private final boolean single;
  private final MemorySegment values;
  private final ZoneMap zones;

  SealedDoubles(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.FIXED);
    this.single = type.kind() == ScalarKind.FLOAT32;
    this.values = parts.part(VALUES, (long) parts.rows() * (single ? Float.BYTES : Double.BYTES));
    this.zones = Zones.map(parts);
  }

  static int write(ScalarKind kind, Picks picks, PartsWriter writer) throws IOException {
    Zones.Builder zones = new Zones.Builder(picks.size());
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      double value = ((DoubleColumn) picks.column(i)).doubleAt(picks.row(i));
      if (!picks.isNull(i)) {
        zones.add(i, SortableDouble.of(value));
      }
      if (kind == ScalarKind.FLOAT32) {
        writer.putInt(Float.floatToRawIntBits((float) value));
      } else {
        writer.putLong(Double.doubleToRawLongBits(value));
      }
    }
    zones.write(writer);
    return Encoding.FIXED;
  }

  @Override
  public double doubleAt(int row) {
    return single
        ? values.get(LittleEndian.FLOAT, (long) row * Float.BYTES)
        : values.get(LittleEndian.DOUBLE, (long) row * Double.BYTES);
  }

  @Override
  public void read(int from, int count, double[] into) {
    if (single) {
      for (int i = 0; i < count; i++) {
        into[i] = values.get(LittleEndian.FLOAT, (long) (from + i) * Float.BYTES);
      }
    } else {
      MemorySegment.copy(values, LittleEndian.DOUBLE, (long) from * Double.BYTES, into, 0, count);
    }
  }

  @Override
  public ZoneMap zones() {
    return zones;
  }

  @Override
  public @Nullable Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    double value = doubleAt(row);
    return single ? (Object) (float) value : (Object) value;
  }
}

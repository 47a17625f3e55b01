package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** BOOLEAN in one byte a row, INT32 in four, INT64 in eight. */
final class SealedLongs extends SealedColumn implements LongColumn {
  private final ScalarKind kind;
  private final int width;
  private final MemorySegment values;
  private final ZoneMap zones;

  SealedLongs(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.FIXED);
    this.kind = type.kind();
    this.width = width(kind);
    this.values = parts.part(VALUES, (long) parts.rows() * width);
    this.zones = Zones.map(parts);
    for (int row = 0; kind == ScalarKind.BOOLEAN && row < parts.rows(); row++) {
      byte value = values.get(LittleEndian.BYTE, row);
      parts.check(value == 0 || value == 1, "row " + row + " has boolean " + value);
    }
  }

  private static int width(ScalarKind kind) {
    return switch (kind) {
      case BOOLEAN -> Byte.BYTES;
      case INT32 -> Integer.BYTES;
      case INT64, FLOAT32, FLOAT64, DECIMAL, STRING, UUID, BINARY -> Long.BYTES;
    };
  }

  static int write(ScalarKind kind, Picks picks, PartsWriter writer) throws IOException {
    int width = width(kind);
    Zones.Builder zones = new Zones.Builder(picks.size());
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      long value = ((LongColumn) picks.column(i)).longAt(picks.row(i));
      if (!picks.isNull(i)) {
        zones.add(i, value);
      }
      switch (width) {
        case Byte.BYTES -> writer.putByte((byte) value);
        case Integer.BYTES -> writer.putInt((int) value);
        default -> writer.putLong(value);
      }
    }
    zones.write(writer);
    return Encoding.FIXED;
  }

  @Override
  public long longAt(int row) {
    return switch (width) {
      case Byte.BYTES -> values.get(LittleEndian.BYTE, row);
      case Integer.BYTES -> values.get(LittleEndian.INT, (long) row * Integer.BYTES);
      default -> values.get(LittleEndian.LONG, (long) row * Long.BYTES);
    };
  }

  @Override
  public void read(int from, int count, long[] into) {
    switch (width) {
      case Byte.BYTES -> {
        for (int i = 0; i < count; i++) {
          into[i] = values.get(LittleEndian.BYTE, (long) from + i);
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < count; i++) {
          into[i] = values.get(LittleEndian.INT, (long) (from + i) * Integer.BYTES);
        }
      }
      default ->
          MemorySegment.copy(values, LittleEndian.LONG, (long) from * Long.BYTES, into, 0, count);
    }
  }

  @Override
  public ZoneMap zones() {
    return zones;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : ScalarCodec.fromLong(kind, longAt(row));
  }
}

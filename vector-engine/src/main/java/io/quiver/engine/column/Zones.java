package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A zone map in a sealed column: for each block the least and the greatest value as i64. */
final class Zones implements ZoneMap {
  private static final int WIDTH = 2 * Long.BYTES;

  private final MemorySegment bounds;

  private Zones(MemorySegment bounds) {
    this.bounds = bounds;
  }

  static Zones map(Parts parts) {
    long blocks = (parts.rows() + ROWS - 1L) / ROWS;
    return new Zones(parts.part(SealedColumn.ZONES, blocks * WIDTH));
  }

  @Override
  public long min(int block) {
    return bounds.get(LittleEndian.LONG, (long) block * WIDTH);
  }

  @Override
  public long max(int block) {
    return bounds.get(LittleEndian.LONG, (long) block * WIDTH + Long.BYTES);
  }

  /** Gathers bounds while a column's values are written. */
  static final class Builder {
    private final long[] min;
    private final long[] max;

    Builder(int rows) {
      int blocks = (int) ((rows + ROWS - 1L) / ROWS);
      min = new long[blocks];
      max = new long[blocks];
      Arrays.fill(min, Long.MAX_VALUE);
      Arrays.fill(max, Long.MIN_VALUE);
    }

    void add(int row, long value) {
      int block = row / ROWS;
      min[block] = Math.min(min[block], value);
      max[block] = Math.max(max[block], value);
    }

    void write(PartsWriter writer) throws IOException {
      writer.part(SealedColumn.ZONES);
      for (int block = 0; block < min.length; block++) {
        writer.putLong(min[block]);
        writer.putLong(max[block]);
      }
    }
  }
}

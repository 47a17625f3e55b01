package io.quiver.engine.io;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes in little-endian order, for log records and manifests. */
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteWriter(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  public int size() {
    return size;
  }

  private int advance(int count) {
    int at = size;
    if (count > Integer.MAX_VALUE - 16 - size) {
      throw new IllegalArgumentException("A record would be larger than 2 GiB; commit fewer rows");
    }
    if (size + count > bytes.length) {
      long doubled = Math.max(size + (long) count, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, Integer.MAX_VALUE - 16));
    }
    size += count;
    return at;
  }

  public ByteWriter putByte(int value) {
    int at = advance(1);
    bytes[at] = (byte) value;
    return this;
  }

  public ByteWriter putInt(int value) {
    int at = advance(4);
    INT.set(bytes, at, value);
    return this;
  }

  public ByteWriter putLong(long value) {
    int at = advance(8);
    LONG.set(bytes, at, value);
    return this;
  }

  public ByteWriter putFloat(float value) {
    return putInt(Float.floatToRawIntBits(value));
  }

  public ByteWriter putDouble(double value) {
    return putLong(Double.doubleToRawLongBits(value));
  }

  /** Floats, without their count. */
  public ByteWriter putFloats(float[] values) {
    int at = advance(Math.multiplyExact(values.length, 4));
    for (int i = 0; i < values.length; i++) {
      INT.set(bytes, at + 4 * i, Float.floatToRawIntBits(values[i]));
    }
    return this;
  }

  /** Bytes, without their count. */
  public ByteWriter putRaw(byte[] value) {
    int at = advance(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    return this;
  }

  /** Bytes with their count before them. */
  public ByteWriter putBytes(byte[] value) {
    return putInt(value.length).putRaw(value);
  }

  /** UTF-8 with the count of bytes before it. */
  public ByteWriter putString(String value) {
    return putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes zeros until the size is a multiple of {@code alignment}, a power of two. */
  public ByteWriter align(int alignment) {
    int at = advance(-size & (alignment - 1));
    Arrays.fill(bytes, at, size, (byte) 0);
    return this;
  }

  /** Overwrites four bytes written before. */
  public void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** The bytes themselves, until the next write. */
  public MemorySegment content() {
    return MemorySegment.ofArray(bytes).asSlice(0, size);
  }
}

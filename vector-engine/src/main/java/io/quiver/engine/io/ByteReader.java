package io.quiver.engine.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link ByteWriter} wrote.
 *
 * <p>Bytes reach it after their checksum was verified, so running over the end means a bug or a
 * forged file: {@link IndexOutOfBoundsException}.
 */
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int position() {
    return at;
  }

  public boolean atEnd() {
    return at == bytes.length;
  }

  private int advance(int count) {
    if (count < 0 || count > bytes.length - at) {
      throw new IndexOutOfBoundsException(
          count + " bytes wanted at " + at + " of " + bytes.length + " bytes");
    }
    int from = at;
    at += count;
    return from;
  }

  public byte takeByte() {
    return bytes[advance(1)];
  }

  public boolean takeBoolean() {
    return takeByte() != 0;
  }

  public int takeInt() {
    return (int) INT.get(bytes, advance(4));
  }

  public long takeLong() {
    return (long) LONG.get(bytes, advance(8));
  }

  public float takeFloat() {
    return Float.intBitsToFloat(takeInt());
  }

  public double takeDouble() {
    return Double.longBitsToDouble(takeLong());
  }

  public float[] takeFloats(int count) {
    int from = advance(Math.multiplyExact(count, 4));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat((int) INT.get(bytes, from + 4 * i));
    }
    return values;
  }

  public byte[] takeRaw(int count) {
    int from = advance(count);
    return java.util.Arrays.copyOfRange(bytes, from, from + count);
  }

  public byte[] takeBytes() {
    return takeRaw(takeInt());
  }

  public String takeString() {
    int count = takeInt();
    int from = advance(count);
    return new String(bytes, from, count, StandardCharsets.UTF_8);
  }

  /** A count of things that take at least a byte each, checked so that it cannot ask for more. */
  public int takeCount() {
    int count = takeInt();
    if (count < 0 || count > bytes.length - at) {
      throw new IndexOutOfBoundsException(count + " things in " + (bytes.length - at) + " bytes");
    }
    return count;
  }

  public void skip(int count) {
    advance(count);
  }

  /** Moves to the next multiple of {@code alignment}, a power of two. */
  public void align(int alignment) {
    advance(-at & (alignment - 1));
  }
}

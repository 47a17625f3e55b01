package io.quiver.engine.key;

import io.quiver.engine.io.ByteWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;

/**
 * The key of a row in canonical bytes: equal keys have equal bytes, whatever their form.
 *
 * <pre>
 * boolean u8 | int32 u32 | int64 u64 | float32, float64 their bits, zero positive, one NaN
 * decimal u32 scale, u32 length, unscaled value big-endian, without trailing zeros
 * string u32 length, UTF-8 | uuid u64 most, u64 least significant | binary u32 length, bytes
 * </pre>
 *
 * A key of several columns is their bytes one after the other, in the order of the schema's key.
 *
 * @param bytes not to be changed
 * @param hash xxHash64 of the bytes
 */
public record RowKey(byte[] bytes, long hash) {
  /** How many buckets hashes fall into; shards own buckets. */
  public static final int BUCKETS = 1024;

  /** The key with these values. */
  public static RowKey of(Object... values) {
    ByteWriter writer = new ByteWriter(16 * values.length);
    for (Object value : values) {
      put(writer, value);
    }
    return ofBytes(writer.toBytes());
  }

  /** The key with these canonical bytes, which are kept. */
  public static RowKey ofBytes(byte[] bytes) {
    return new RowKey(bytes, XxHash64.hash(bytes));
  }

  private static void put(ByteWriter writer, Object value) {
    switch (value) {
      case Boolean flag -> writer.putByte(flag ? 1 : 0);
      case Integer number -> writer.putInt(number);
      case Long number -> writer.putLong(number);
      case Float number -> writer.putInt(Float.floatToIntBits(number == 0 ? 0f : number));
      case Double number -> writer.putLong(Double.doubleToLongBits(number == 0 ? 0d : number));
      case BigDecimal number -> {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        writer.putInt(plain.scale()).putBytes(plain.unscaledValue().toByteArray());
      }
      case String text -> writer.putString(text);
      case UUID uuid ->
          writer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
      case byte[] binary -> writer.putBytes(binary);
      default ->
          throw new IllegalArgumentException(
              "Invalid key: a " + value.getClass().getSimpleName() + " cannot be part of one");
    }
  }

  /** The bucket of this hash, from the bits that hash tables of segments do not use. */
  public int bucket() {
    return (int) (hash >>> 54);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }
}

package io.quiver.engine.column;

import io.quiver.engine.schema.ScalarKind;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Scalar values as columns keep them: longs, doubles or bytes, by their kind. */
public final class ScalarCodec {
  private ScalarCodec() {}

  /** A BOOLEAN, INT32 or INT64 as a long. */
  public static long toLong(ScalarKind kind, Object value) {
    return switch (kind) {
      case BOOLEAN -> (Boolean) value ? 1 : 0;
      case INT32 -> (Integer) value;
      case INT64 -> (Long) value;
      case FLOAT32, FLOAT64, DECIMAL, STRING, UUID, BINARY -> throw unexpected(kind);
    };
  }

  static Object fromLong(ScalarKind kind, long value) {
    return switch (kind) {
      case BOOLEAN -> value != 0;
      case INT32 -> (int) value;
      case INT64 -> value;
      case FLOAT32, FLOAT64, DECIMAL, STRING, UUID, BINARY -> throw unexpected(kind);
    };
  }

  /** A STRING, BINARY or UUID as the bytes columns keep. */
  public static byte[] toBytes(ScalarKind kind, Object value) {
    return switch (kind) {
      case STRING -> ((String) value).getBytes(StandardCharsets.UTF_8);
      case BINARY -> (byte[]) value;
      case UUID -> {
        UUID uuid = (UUID) value;
        yield ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
      }
      case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64, DECIMAL -> throw unexpected(kind);
    };
  }

  static Object fromBytes(ScalarKind kind, byte[] bytes) {
    return switch (kind) {
      case STRING -> new String(bytes, StandardCharsets.UTF_8);
      case BINARY -> bytes;
      case UUID -> {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        yield new UUID(buffer.getLong(), buffer.getLong());
      }
      case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64, DECIMAL -> throw unexpected(kind);
    };
  }

  /** A STRING, BINARY or UUID as memory to compare columns with. */
  public static MemorySegment toSegment(ScalarKind kind, Object value) {
    return MemorySegment.ofArray(toBytes(kind, value));
  }

  /** Compares what {@link #toSegment} gave, as columns do. */
  public static int compare(MemorySegment a, MemorySegment b) {
    return ByteOrder.compare(a, 0, a.byteSize(), b, 0, b.byteSize());
  }

  private static IllegalArgumentException unexpected(ScalarKind kind) {
    return new IllegalArgumentException("Invalid kind: " + kind + " is not kept in this form");
  }
}

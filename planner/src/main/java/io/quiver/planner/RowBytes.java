package io.quiver.planner;

import io.quiver.engine.search.SparseVectorValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** About how many bytes of the heap values take. */
public final class RowBytes {
  private static final int OBJECT = 16;
  private static final int REFERENCE = 8;

  private RowBytes() {}

  /** About what a row takes; values that others hold too are counted all the same. */
  public static long of(@Nullable Object[] row) {
    long bytes = OBJECT + (long) REFERENCE * row.length;
    for (@Nullable Object value : row) {
      bytes += of(value);
    }
    return bytes;
  }

  private static long of(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> 2 * OBJECT + 8 + (long) text.length();
      case float[] vector -> OBJECT + 4L * vector.length;
      case byte[] bytes -> OBJECT + (long) bytes.length;
      case float[][] several -> {
        long sum = OBJECT;
        for (float[] one : several) {
          sum += REFERENCE + OBJECT + 4L * one.length;
        }
        yield sum;
      }
      case SparseVectorValue sparse -> 3 * OBJECT + 8L * sparse.indices().length;
      case List<?> list -> {
        long sum = 2 * OBJECT;
        for (@Nullable Object element : list) {
          sum += REFERENCE + of(element);
        }
        yield sum;
      }
      case Object[] row -> of(row);
      default -> 2 * OBJECT;
    };
  }
}

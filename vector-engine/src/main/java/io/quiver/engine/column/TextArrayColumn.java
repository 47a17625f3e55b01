package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lists of strings as UTF-8. */
public interface TextArrayColumn extends Column {
  /** Number of strings; 0 where absent. */
  int count(int row);

  /** Bytes of a string. */
  int length(int row, int element);

  /** The memory a string lies in. */
  MemorySegment segment(int row, int element);

  /** Where a string starts in {@link #segment}. */
  long offset(int row, int element);

  /** The distinct strings in order, where rows are kept as codes into them. */
  default @Nullable Dictionary dictionary() {
    return null;
  }

  /** Codes of the elements; present exactly if {@link #dictionary()} is. */
  default @Nullable CodeReader codes() {
    return null;
  }

  /** Position of the row's first element in {@link #codes()}; the others follow. */
  default long first(int row) {
    throw new UnsupportedOperationException("no dictionary");
  }

  /** A copy of a string's bytes. */
  default byte[] bytes(int row, int element) {
    byte[] bytes = new byte[length(row, element)];
    MemorySegment.copy(
        segment(row, element), LittleEndian.BYTE, offset(row, element), bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  default String @Nullable [] value(int row) {
    if (isNull(row)) {
      return null;
    }
    String[] strings = new String[count(row)];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = new String(bytes(row, i), StandardCharsets.UTF_8);
    }
    return strings;
  }
}

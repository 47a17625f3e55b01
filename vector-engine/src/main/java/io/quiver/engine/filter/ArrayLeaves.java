package io.quiver.engine.filter;

import io.quiver.engine.column.CodeReader;
import io.quiver.engine.column.Dictionary;
import io.quiver.engine.column.ScalarCodec;
import io.quiver.engine.column.TextArrayColumn;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Containment;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles what a text array contains. */
final class ArrayLeaves {
  private ArrayLeaves() {}

  static Condition contains(
      TextArrayColumn column, RowFilter.Contains contains, @Nullable PayloadIndex index) {
    boolean all = contains.containment() == Containment.ALL;
    List<MemorySegment> wanted =
        contains.values().stream()
            .distinct()
            .map(value -> ScalarCodec.toSegment(ScalarKind.STRING, value))
            .toList();
    Dictionary dictionary = column.dictionary();
    if (dictionary == null) {
      return new ValueTest(
          column,
          row -> holds(column, row, wanted, all),
          contains.negated(),
          Condition.BYTES_COST * Math.max(1, wanted.size()),
          null);
    }
    int[] codes = wanted.stream().mapToInt(dictionary::find).toArray();
    boolean isMissing = all && Arrays.stream(codes).anyMatch(code -> code < 0);
    CodeReader reader = Objects.requireNonNull(column.codes());
    return isMissing
        ? (contains.negated() ? new NullTest(column, true) : Constant.NOTHING)
        : new CodedArrayTest(column, reader, codes, all, contains.negated(), (TermIndex) index);
  }

  private static boolean holds(
      TextArrayColumn column, int row, List<MemorySegment> wanted, boolean all) {
    for (MemorySegment string : wanted) {
      if (holds(column, row, string) != all) {
        return !all;
      }
    }
    return all;
  }

  private static boolean holds(TextArrayColumn column, int row, MemorySegment string) {
    for (int i = 0; i < column.count(row); i++) {
      long offset = column.offset(row, i);
      long length = column.length(row, i);
      if (length == string.byteSize()
          && MemorySegment.mismatch(
                  column.segment(row, i), offset, offset + length, string, 0, length)
              < 0) {
        return true;
      }
    }
    return false;
  }
}

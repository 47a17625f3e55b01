package io.quiver.engine.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A long a row, 0 where none was set; memory is taken for those 4,096 rows at a time that have one.
 *
 * <p>One thread sets; any thread reads, and with a value sees all that the setting thread did
 * before.
 */
final class RowLongs {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_ROWS = 1 << PAGE_SHIFT;

  private volatile AtomicReferenceArray<long @Nullable []> pages = new AtomicReferenceArray<>(0);

  void set(int row, long value) {
    int page = row >>> PAGE_SHIFT;
    AtomicReferenceArray<long @Nullable []> old = pages;
    if (page >= old.length()) {
      AtomicReferenceArray<long @Nullable []> grown =
          new AtomicReferenceArray<>(Math.max(page + 1, old.length() * 2));
      for (int i = 0; i < old.length(); i++) {
        grown.set(i, old.get(i));
      }
      pages = grown;
    }
    long[] values = pages.get(page);
    if (values == null) {
      values = new long[PAGE_ROWS];
      pages.set(page, values);
    }
    ELEMENT.setRelease(values, row & (PAGE_ROWS - 1), value);
  }

  long at(int row) {
    AtomicReferenceArray<long @Nullable []> current = pages;
    int page = row >>> PAGE_SHIFT;
    if (page >= current.length()) {
      return 0;
    }
    long[] values = current.get(page);
    return values == null ? 0 : (long) ELEMENT.getAcquire(values, row & (PAGE_ROWS - 1));
  }

  /** Tells every row that has a value, in their order; for the setting thread. */
  void forEachRow(IntConsumer told) {
    for (int page = 0; page < pages.length(); page++) {
      long[] values = pages.get(page);
      for (int i = 0; values != null && i < PAGE_ROWS; i++) {
        if (values[i] != 0) {
          told.accept(page << PAGE_SHIFT | i);
        }
      }
    }
  }
}

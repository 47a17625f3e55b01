package io.quiver.planner;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are there already. */
public final class MemoryCursor implements RowCursor {
  private final Iterator<@Nullable Object[]> rows;
  private @Nullable Object @Nullable [] current;

  public MemoryCursor(List<@Nullable Object[]> rows) {
    this.rows = rows.iterator();
  }

  @Override
  public boolean next() {
    current = rows.hasNext() ? rows.next() : null;
    return current != null;
  }

  @Override
  public @Nullable Object[] row() {
    @Nullable Object[] row = current;
    if (row == null) {
      throw new IllegalStateException("No current row");
    }
    return row;
  }

  @Override
  public void close() {
    current = null;
  }
}

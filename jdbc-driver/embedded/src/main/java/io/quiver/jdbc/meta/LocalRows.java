package io.quiver.jdbc.meta;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.avatica.ReleasableRows;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a cursor for a result set in this process, as they are: nothing is copied. One thread
 * reads them, any may release them.
 */
final class LocalRows implements ReleasableRows {
  private final String sql;
  private final GuardedCursor cursor;
  private final boolean hasSparse;
  private boolean ready;

  LocalRows(String sql, GuardedCursor cursor, List<ResultColumn> columns) {
    this.sql = sql;
    this.cursor = cursor;
    this.hasSparse = columns.stream().anyMatch(c -> c.type().kind() == ResultType.Kind.SPARSEVEC);
  }

  @Override
  public boolean hasNext() {
    if (!ready) {
      try {
        ready = cursor.next();
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        release();
        throw Translation.translated(sql, e);
      }
      if (!ready) {
        release();
      }
    }
    return ready;
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    @Nullable Object[] row = cursor.row();
    return hasSparse ? withSparse(row) : row;
  }

  @Override
  public void release() {
    cursor.close();
  }

  private static @Nullable Object[] withSparse(@Nullable Object[] row) {
    @Nullable Object[] changed = row.clone();
    for (int i = 0; i < row.length; i++) {
      if (row[i] instanceof SparseVectorValue sparse) {
        changed[i] = new SparseVector(sparse.indices(), sparse.weights());
      }
    }
    return changed;
  }
}

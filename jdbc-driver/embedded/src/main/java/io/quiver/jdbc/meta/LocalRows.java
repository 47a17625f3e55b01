package io.quiver.jdbc.meta;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.avatica.ReleasableRows;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.RowCursor;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Rows of a cursor for a result set in this process, as they are: nothing is copied. */
final class LocalRows implements ReleasableRows {
  private final String sql;
  private final RowCursor cursor;
  private final StopSignal stop;
  private final boolean hasSparse;
  private boolean ready;
  private boolean done;

  LocalRows(String sql, RowCursor cursor, List<ResultColumn> columns, StopSignal stop) {
    this.sql = sql;
    this.cursor = cursor;
    this.stop = stop;
    this.hasSparse = columns.stream().anyMatch(c -> c.type().kind() == ResultType.Kind.SPARSEVEC);
  }

  @Override
  public boolean hasNext() {
    if (!ready && !done) {
      try {
        stop.check();
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
    if (!done) {
      done = true;
      ready = false;
      cursor.close();
    }
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

package io.quiver.jdbc.meta;

import io.quiver.planner.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A cursor read by one thread that any thread may close.
 *
 * <p>Whoever closes does not wait: the thread that is inside the cursor is told to stop, fails, and
 * gives back what the cursor holds on its way out. Rows that were closed before their end fail too;
 * they never look like a result that is complete.
 */
final class GuardedCursor implements RowCursor {
  private final RowCursor cursor;
  private final StopFlag stop;
  private @Nullable Object[] row = new Object[0];
  private boolean reading;
  private boolean ended;
  private boolean closed;

  GuardedCursor(RowCursor cursor, StopFlag stop) {
    this.cursor = cursor;
    this.stop = stop;
  }

  @Override
  public boolean next() {
    synchronized (this) {
      if (ended) {
        return false;
      }
      if (closed) {
        throw closedBeforeItsEnd();
      }
      reading = true;
    }
    boolean more = false;
    boolean whole = false;
    try {
      stop.check();
      more = cursor.next();
      if (more) {
        row = cursor.row();
      }
      whole = true;
    } finally {
      leave(whole && !more);
    }
    return more;
  }

  private synchronized void leave(boolean atEnd) {
    reading = false;
    if (closed) {
      cursor.close();
      throw closedBeforeItsEnd();
    }
    ended = atEnd;
  }

  @Override
  public @Nullable Object[] row() {
    return row;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (reading) {
      stop.cancel();
    } else {
      cursor.close();
    }
  }

  private RuntimeException closedBeforeItsEnd() {
    stop.check();
    return Translation.problem("24000", 0, "The result was closed before its last row");
  }
}

package io.quiver.planner.physical;

import io.quiver.planner.RowBytes;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the nodes of one run keep, against what they may. Safe for the threads of its parts. */
final class MemoryBudget {
  /** What is kept only to spare work may take this share of what the query may, or of the heap. */
  private static final int SPARE_SHARE = 4;

  private final long most;
  private final long mostSpare;
  private final AtomicLong kept;
  private final AtomicLong spare;
  private final AtomicLong own = new AtomicLong();

  MemoryBudget(long most) {
    this(most, new AtomicLong(), new AtomicLong());
  }

  private MemoryBudget(long most, AtomicLong kept, AtomicLong spare) {
    this.most = most;
    this.mostSpare = Math.min(most, Runtime.getRuntime().maxMemory()) / SPARE_SHARE;
    this.kept = kept;
    this.spare = spare;
  }

  /** For what runs again and again within the run, and keeps nothing in between. */
  MemoryBudget part() {
    return new MemoryBudget(most, kept, spare);
  }

  /** Whether what is kept counts. */
  boolean isLimited() {
    return most < Long.MAX_VALUE;
  }

  /** What was kept by way of this part is kept no more. */
  void releaseAll() {
    kept.addAndGet(-own.getAndSet(0));
  }

  /** A row is kept; refused where that is more than the query may. */
  void keep(@Nullable Object[] row) {
    if (most == Long.MAX_VALUE) {
      return;
    }
    long bytes = RowBytes.of(row);
    own.addAndGet(bytes);
    if (kept.addAndGet(bytes) > most) {
      throw SqlProblem.of(
              ErrorCode.MEMORY_EXHAUSTED,
              "the query keeps more than the "
                  + most
                  + " bytes that max_query_memory_bytes allows it, to sort, group or join",
              "add a LIMIT or a condition, or leave out wide columns such as vectors.")
          .asException();
    }
  }

  /**
   * Whether a row may be kept until the run ends, to spare the work of making it again. That a part
   * of the run is over does not release it.
   */
  boolean keepForRun(@Nullable Object[] row) {
    long bytes = RowBytes.of(row);
    long spared = spare.addAndGet(bytes);
    if (kept.addAndGet(bytes) > most || spared > mostSpare) {
      forget(row);
      return false;
    }
    return true;
  }

  /** A row that was kept for the run is kept no more. */
  void forget(@Nullable Object[] row) {
    long bytes = RowBytes.of(row);
    spare.addAndGet(-bytes);
    kept.addAndGet(-bytes);
  }

  /** A row is kept no more. */
  void release(@Nullable Object[] row) {
    if (most != Long.MAX_VALUE) {
      long bytes = RowBytes.of(row);
      own.addAndGet(-bytes);
      kept.addAndGet(-bytes);
    }
  }
}

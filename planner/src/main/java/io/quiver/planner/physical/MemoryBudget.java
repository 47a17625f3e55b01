package io.quiver.planner.physical;

import io.quiver.planner.RowBytes;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the nodes of one run keep, against what they may. Safe for the threads of its parts. */
final class MemoryBudget {
  private final long most;
  private final AtomicLong kept = new AtomicLong();

  MemoryBudget(long most) {
    this.most = most;
  }

  /** A row is kept; refused where that is more than the query may. */
  void keep(@Nullable Object[] row) {
    if (most == Long.MAX_VALUE) {
      return;
    }
    if (kept.addAndGet(RowBytes.of(row)) > most) {
      throw SqlProblem.of(
              ErrorCode.MEMORY_EXHAUSTED,
              "the query keeps more than the "
                  + most
                  + " bytes that max_query_memory_bytes allows it, to sort, group or join",
              "add a LIMIT or a condition, or leave out wide columns such as vectors.")
          .asException();
    }
  }

  /** A row is kept no more. */
  void release(@Nullable Object[] row) {
    if (most != Long.MAX_VALUE) {
      kept.addAndGet(-RowBytes.of(row));
    }
  }
}

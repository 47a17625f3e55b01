package io.quiver.jdbc.meta;

import io.quiver.planner.Prepared;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * Runs what clients have prepared, and tells the gate how it went. In this process rows are read
 * from the cursor; over the wire they leave as frames, the first with the answer.
 */
final class Executions {
  static final int FRAME_ROWS = 100;
  private static final int FRAME_ROWS_MOST = 10_000;

  private final StatementRunner runner;
  private final SessionGate gate;
  private final boolean local;

  Executions(StatementRunner runner, SessionGate gate, boolean local) {
    this.runner = runner;
    this.gate = gate;
    this.local = local;
  }

  Meta.MetaResultSet run(
      Meta.StatementHandle handle,
      MetaSession session,
      MetaStatement statement,
      Prepared prepared,
      @Nullable Object[] parameters,
      int maxRowsInFirstFrame) {
    long begin = System.nanoTime();
    try {
      Meta.MetaResultSet result =
          ran(handle, session, statement, prepared, parameters, maxRowsInFirstFrame);
      told(session, prepared, begin, result.updateCount, 1, null);
      return result;
    } catch (RuntimeException e) {
      told(session, prepared, begin, 0, 1, e);
      throw e;
    }
  }

  private Meta.MetaResultSet ran(
      Meta.StatementHandle handle,
      MetaSession session,
      MetaStatement statement,
      Prepared prepared,
      @Nullable Object[] parameters,
      int maxRowsInFirstFrame) {
    session.check(prepared);
    StopFlag stop = statement.begin(session.limitMillis());
    StatementResult result = runner.execute(session.session(), prepared, parameters, stop);
    statement.warnings(result.warnings());
    return switch (result) {
      case StatementResult.Changed changed -> {
        statement.finished();
        yield Meta.MetaResultSet.count(handle.connectionId, handle.id, changed.rows());
      }
      case StatementResult.Rows rows -> {
        Meta.Frame first = null;
        GuardedCursor cursor = new GuardedCursor(rows.cursor(), stop);
        if (local) {
          statement.rows(new LocalRows(prepared.sql(), cursor, prepared.columns()));
        } else {
          ResultFrames frames =
              new ResultFrames(
                  cursor,
                  prepared.columns(),
                  session.vectors(),
                  session.session().limits().resultBytes());
          statement.frames(frames);
          first = frames.frame(0, frameRows(maxRowsInFirstFrame));
        }
        yield session.describesOnce() && statement.isDescribed(prepared)
            ? new DescribedRows(handle, first)
            : Meta.MetaResultSet.create(
                handle.connectionId, handle.id, false, statement.signature(prepared), first);
      }
    };
  }

  /** Rows of a frame for which a client asked for so many; 0 and less for any number. */
  static int frameRows(int wanted) {
    return wanted <= 0 ? FRAME_ROWS : Math.min(wanted, FRAME_ROWS_MOST);
  }

  /**
   * Runs several as one.
   *
   * @param prepared what they all are; null where each is another
   */
  long[] runBatch(
      MetaSession session,
      MetaStatement statement,
      @Nullable Prepared prepared,
      int size,
      Function<StopFlag, long[]> batch) {
    StopFlag stop = statement.begin(session.limitMillis());
    long begin = System.nanoTime();
    try {
      long[] counts = batch.apply(stop);
      told(session, prepared, begin, LongStream.of(counts).sum(), counts.length, null);
      return counts;
    } catch (RuntimeException e) {
      told(session, prepared, begin, 0, size, e);
      throw e;
    } finally {
      statement.finished();
    }
  }

  private void told(
      MetaSession session,
      @Nullable Prepared prepared,
      long begin,
      long rows,
      int runs,
      @Nullable RuntimeException failure) {
    gate.ran(
        new SessionGate.Execution(
            session.session(),
            prepared == null ? "" : prepared.sql(),
            prepared,
            System.nanoTime() - begin,
            rows,
            runs,
            failure));
  }
}

package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.ReleasableRows;
import io.quiver.planner.Prepared;
import io.quiver.planner.ResultType;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a client: what it was prepared as, and what it is doing. For one thread at a time,
 * but {@link #cancel} and {@link #close} for any.
 */
final class MetaStatement {
  private @Nullable Prepared prepared;
  private Meta.@Nullable Signature signature;
  private Meta.@Nullable Signature described;
  private @Nullable ReleasableRows rows;
  private boolean taken;
  private @Nullable ResultFrames frames;
  private @Nullable MetadataTable listed;
  private List<ResultType> parameters = List.of();
  private List<String> warnings = List.of();
  private long limitMillis;
  private @Nullable StopFlag running;
  private boolean closed;

  @Nullable Prepared prepared() {
    return prepared;
  }

  @SuppressWarnings("ReferenceEquality") // a plan that is still in the cache is the same object
  void prepared(Prepared statement) {
    if (prepared != statement) {
      prepared = statement;
      signature = null;
      parameters = statement.parameters();
    }
  }

  /** Types of the parameters of what is prepared, asked for once. */
  List<ResultType> parameters() {
    return parameters;
  }

  /** Of what is prepared; the same object until something else is. */
  Meta.Signature signature(Prepared statement) {
    Meta.Signature known = signature;
    if (known == null) {
      known = Signatures.of(statement);
      signature = known;
    }
    return known;
  }

  /** The same, as the answer to its preparation, which the client keeps. */
  Meta.Signature described(Prepared statement) {
    Meta.Signature told = signature(statement);
    described = told;
    return told;
  }

  /** The client runs it without having prepared it. */
  void describeAgain() {
    described = null;
  }

  /**
   * Whether the client was told the columns of this plan when it prepared the statement: of the
   * same plan, or of another with the same columns, for plans change with what the tables hold.
   */
  @SuppressWarnings("ReferenceEquality") // the same object until something else is prepared
  boolean isDescribed(Prepared statement) {
    Meta.Signature told = described;
    if (told == null) {
      return false;
    }
    Meta.Signature now = signature(statement);
    if (told != now) {
      if (!told.columns.equals(now.columns)) {
        return false;
      }
      described = now;
    }
    return true;
  }

  void limitTime(long millis) {
    limitMillis = millis;
  }

  /** Gives up the results of the last execution and begins another. */
  synchronized StopFlag begin(long sessionLimitMillis) {
    checkOpen();
    release();
    warnings = List.of();
    StopFlag stop =
        new StopFlag(
            limitMillis > 0 && sessionLimitMillis > 0
                ? Math.min(limitMillis, sessionLimitMillis)
                : Math.max(limitMillis, sessionLimitMillis));
    running = stop;
    return stop;
  }

  synchronized void cancel() {
    StopFlag stop = running;
    if (stop != null) {
      stop.cancel();
    }
  }

  /** An execution is over that left nothing to read. */
  synchronized void finished() {
    running = null;
  }

  List<String> warnings() {
    return warnings;
  }

  void warnings(List<String> texts) {
    warnings = texts;
  }

  synchronized void rows(ReleasableRows local) {
    rows = local;
    taken = false;
    releaseIfClosed();
  }

  /**
   * The rows of the last execution in this process, once. They stay known here, for the statement
   * may be closed before a result set has taken them over.
   */
  synchronized ReleasableRows takeRows() {
    checkOpen();
    ReleasableRows given = rows;
    if (given == null || taken) {
      throw new IllegalStateException("the statement has no rows to give, or gave them");
    }
    taken = true;
    return given;
  }

  /** A list of metadata that a client will fetch. */
  void listed(MetadataTable table) {
    listed = table;
  }

  @Nullable MetadataTable listed() {
    return listed;
  }

  synchronized void frames(ResultFrames remote) {
    frames = remote;
    releaseIfClosed();
  }

  synchronized @Nullable ResultFrames frames() {
    return frames;
  }

  /** Ends it: what runs is stopped, and what it holds or comes to hold is released. */
  synchronized void close() {
    closed = true;
    cancel();
    release();
  }

  /** What an execution brought that was overtaken by {@link #close}. */
  private void releaseIfClosed() {
    if (closed) {
      release();
      checkOpen();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw isClosed();
    }
  }

  static RuntimeException isClosed() {
    return Translation.problem("26000", 0, "The statement is closed");
  }

  /** Releases what the last execution holds. */
  private void release() {
    ReleasableRows local = rows;
    rows = null;
    if (local != null) {
      local.release();
    }
    ResultFrames remote = frames;
    frames = null;
    if (remote != null) {
      remote.close();
    }
  }
}

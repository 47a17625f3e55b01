package io.quiver.jdbc.meta;

import io.quiver.planner.Prepared;
import io.quiver.planner.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides who has a session and how much of the database it may use at once, and hears what it did.
 *
 * <p>A refusal is an {@link org.apache.calcite.avatica.remote.AvaticaRuntimeException} with its
 * SQLSTATE. Called by many threads.
 */
public interface SessionGate {
  /** The session of a new connection, made from its properties. */
  Session open(Map<String, String> properties);

  /** Called once for each session that was opened, when its connection is closed. */
  default void closed(Session session) {}

  /** Whether whoever calls now may use a session; if not, it is as if there were none. */
  default boolean admits(Session session) {
    return true;
  }

  /** Statements that a connection may keep open. */
  default int mostStatements() {
    return Integer.MAX_VALUE;
  }

  /** Asks for one statement to run now; {@link #leave} follows each that was let in. */
  default void enter(Session session) {}

  default void leave(Session session) {}

  /** Told of each execution when its first rows are there, or it failed. */
  default void ran(Execution execution) {}

  /**
   * An execution of a statement.
   *
   * @param prepared what it was planned as; null where that failed, or several were given at once
   * @param nanos from its begin until its first rows, its count or its failure
   * @param rows changed; -1 where it gives rows
   * @param runs how often it ran: more than once in a batch
   */
  record Execution(
      Session session,
      String sql,
      @Nullable Prepared prepared,
      long nanos,
      long rows,
      int runs,
      @Nullable RuntimeException failure) {}
}

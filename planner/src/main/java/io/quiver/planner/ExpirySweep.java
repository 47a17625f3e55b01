package io.quiver.planner;

import io.quiver.engine.search.StopSignal;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.QuotedName;
import io.quiver.sql.problem.SqlProblemException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows whose time has come, now and then. Nobody sees them before that either: this frees
 * their space and their keys.
 */
public final class ExpirySweep implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(ExpirySweep.class.getName());
  private static final long SECONDS = 20;
  private static final @Nullable Object[] NO_PARAMETERS = {};

  private final StatementRunner statements;
  private final Catalog catalog;
  private final StopSignal stop;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("quiver-expiry").daemon().factory());

  /** Begins to sweep in the background, until it is closed. */
  public ExpirySweep(StatementRunner statements, Catalog catalog) {
    this.statements = statements;
    this.catalog = catalog;
    this.stop = thread::isShutdown;
    thread.scheduleWithFixedDelay(this::sweep, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Deletes what has expired in every table. */
  public void sweep() {
    for (TableDefinition table : catalog.current().tables().values()) {
      table.ttl().ifPresent(column -> sweep(table, column));
    }
  }

  private void sweep(TableDefinition table, String column) {
    String sql =
        "DELETE FROM "
            + QuotedName.of(table.schema())
            + "."
            + QuotedName.of(table.name())
            + " WHERE "
            + QuotedName.of(column)
            + " <= CURRENT_TIMESTAMP";
    try {
      Session session = new Session("quiver");
      statements.execute(session, statements.prepare(session, sql), NO_PARAMETERS, stop);
    } catch (SqlProblemException | IllegalStateException e) {
      // The table was dropped, its rows were written meanwhile, or the database is closing: the
      // next round does what this one did not.
      LOGGER.log(
          System.Logger.Level.DEBUG, "Expired rows of {0} were not deleted: {1}", table.name(), e);
    }
  }

  /** Ends a sweep that runs. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOGGER.log(System.Logger.Level.WARNING, "A sweep of expired rows does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

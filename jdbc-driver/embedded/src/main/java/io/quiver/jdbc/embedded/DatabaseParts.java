package io.quiver.jdbc.embedded;

import io.quiver.jdbc.SqlErrors;
import io.quiver.planner.StatementRunner;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The big parts of a database, put together.
 *
 * @param runner runs its statements
 * @param closer releases what they hold
 */
record DatabaseParts(StatementRunner runner, Runnable closer) {
  /** Of the database in a directory. */
  static DatabaseParts in(Path directory) throws SQLException {
    throw SqlErrors.unsupported("Cannot open " + directory + ": the planner is not there yet");
  }

  /** Of a database in memory. */
  static DatabaseParts inMemory() throws SQLException {
    throw SqlErrors.unsupported("Cannot open a database in memory: the planner is not there yet");
  }

  void close() {
    closer.run();
  }
}

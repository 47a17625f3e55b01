package io.quiver.engine.io;

import io.quiver.engine.StorageException;
import java.io.Closeable;
import java.io.IOException;

/** The lock file: whoever has it has the database to itself. */
public final class DatabaseLock {
  /** Name of the file. */
  public static final String FILE = "LOCK";

  private DatabaseLock() {}

  /**
   * Takes the database for this process until the result is closed.
   *
   * @param purpose what cannot be done otherwise, such as {@code "opened"}
   * @throws StorageException if someone else has it
   */
  public static Closeable take(FileStore files, String purpose) throws IOException {
    try {
      return files.lock(FILE);
    } catch (StoreLockedException e) {
      throw new StorageException(
          "Database "
              + files.describe("")
              + " cannot be "
              + purpose
              + ": "
              + e.getMessage()
              + ". Close it there first, or reach it through that process.",
          e);
    }
  }
}

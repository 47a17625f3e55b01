package io.quiver.planner.backup;

import io.quiver.engine.check.CheckReport;
import io.quiver.engine.check.DatabaseCheck;
import io.quiver.sql.catalog.H2Catalog;
import java.nio.file.Path;

/** Reads a copy of a database again, every byte. */
public final class CopyCheck {
  private CopyCheck() {}

  /** What there is in the copy, and what is wrong with it. */
  public static CheckReport of(Path directory) {
    H2Catalog catalog = new H2Catalog();
    try {
      return DatabaseCheck.run(directory, catalog, (segments, of) -> {});
    } finally {
      catalog.close();
    }
  }
}

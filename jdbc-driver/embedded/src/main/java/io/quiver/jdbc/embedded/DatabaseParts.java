package io.quiver.jdbc.embedded;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.EngineOptions;
import io.quiver.engine.StorageException;
import io.quiver.engine.VectorEngine;
import io.quiver.jdbc.SqlErrors;
import io.quiver.planner.ExpirySweep;
import io.quiver.planner.QuiverStatements;
import io.quiver.planner.StatementRunner;
import io.quiver.planner.derive.RecipeDeriver;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.H2Catalog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The big parts of a database, put together.
 *
 * @param runner runs its statements
 * @param catalog its definitions as they are
 * @param engine what holds its rows
 * @param closer releases what they hold
 */
record DatabaseParts(
    StatementRunner runner,
    Supplier<CatalogSnapshot> catalog,
    Optional<VectorEngine> engine,
    Runnable closer) {
  /** Without catalog and engine, for tests of what stands above. */
  DatabaseParts(StatementRunner runner, Runnable closer) {
    this(runner, CatalogSnapshot::empty, Optional.empty(), closer);
  }

  /** Opens an engine whose definitions a catalog follows. */
  private interface Opening {
    VectorEngine open(EngineOptions options, H2Catalog catalog);
  }

  /** Of the database in a directory. */
  static DatabaseParts in(Path directory) throws SQLException {
    return of((options, catalog) -> VectorEngine.open(directory, options, catalog));
  }

  /** Of a database in memory. */
  static DatabaseParts inMemory() throws SQLException {
    return of(VectorEngine::openInMemory);
  }

  private static DatabaseParts of(Opening opening) throws SQLException {
    H2Catalog catalog = new H2Catalog();
    try {
      VectorEngine engine = opening.open(EngineOptions.withDeriver(new RecipeDeriver()), catalog);
      QuiverStatements statements = QuiverStatements.over(engine, catalog, Clock.systemUTC());
      ExpirySweep sweep = new ExpirySweep(statements, catalog);
      return new DatabaseParts(
          statements,
          catalog::current,
          Optional.of(engine),
          () -> {
            sweep.close();
            engine.close();
            catalog.close();
          });
    } catch (CorruptDataException e) {
      catalog.close();
      throw SqlErrors.of("XX001", 0, String.valueOf(e.getMessage()), e);
    } catch (StorageException e) {
      catalog.close();
      throw SqlErrors.of("08001", 0, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      catalog.close();
      throw SqlErrors.of("XX000", 0, "Internal error on opening the database: " + e, e);
    }
  }

  void close() {
    closer.run();
  }
}

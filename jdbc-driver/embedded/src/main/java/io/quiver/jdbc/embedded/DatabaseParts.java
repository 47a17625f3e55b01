package io.quiver.jdbc.embedded;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.EngineOptions;
import io.quiver.engine.VectorEngine;
import io.quiver.planner.QuiverStatements;
import io.quiver.planner.StatementRunner;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.H2Catalog;
import io.quiver.sql.text.TextRecipe;
import io.quiver.sql.text.TextTerms;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The big parts of a database, put together.
 *
 * @param runner runs its statements
 * @param closer releases what they hold
 */
record DatabaseParts(StatementRunner runner, Runnable closer) {
  /** Of the database in a directory. */
  static DatabaseParts in(Path directory) throws SQLException {
    return assemble(catalog -> VectorEngine.open(directory, options(), catalog));
  }

  /** Of a database in memory. */
  static DatabaseParts inMemory() throws SQLException {
    return assemble(catalog -> VectorEngine.openInMemory(options(), catalog));
  }

  private static EngineOptions options() {
    return EngineOptions.withDeriver(DatabaseParts::derive);
  }

  private static @Nullable Object derive(String recipe, @Nullable Object source) {
    if (source == null) {
      return null;
    }
    return TextTerms.counts(
        TextRecipe.of(recipe).orElseThrow(() -> new IllegalStateException("No recipe " + recipe)),
        (String) source);
  }

  private static DatabaseParts assemble(Function<Catalog, VectorEngine> opening)
      throws SQLException {
    Catalog catalog = new H2Catalog();
    try {
      VectorEngine engine = opening.apply(catalog);
      return new DatabaseParts(
          QuiverStatements.over(engine, catalog, Clock.systemUTC()),
          () -> {
            try {
              engine.close();
            } finally {
              catalog.close();
            }
          });
    } catch (CorruptDataException damaged) {
      catalog.close();
      throw new SQLException(damaged.getMessage(), "XX001", damaged);
    } catch (RuntimeException failed) {
      catalog.close();
      throw failed;
    }
  }

  void close() {
    closer.run();
  }
}

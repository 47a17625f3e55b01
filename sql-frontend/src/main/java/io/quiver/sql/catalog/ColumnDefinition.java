package io.quiver.sql.catalog;

import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.Derivation;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param id the engine's id of it, never used again
 * @param visibility whether SQL sees it
 * @param defaultSql the text of its DEFAULT, empty where there is none
 * @param identity whether the database numbers rows that give no value here
 * @param derivation present for a column kept only to index an expression
 * @param comment empty where there is none
 */
public record ColumnDefinition(
    int id,
    String name,
    SqlColumnType type,
    boolean nullable,
    Visibility visibility,
    Optional<String> defaultSql,
    boolean identity,
    Optional<Derivation> derivation,
    String comment) {
  /** Who sees a column. */
  public enum Visibility {
    /** Everybody. */
    VISIBLE,
    /** Those who name it; {@code SELECT *} leaves it out. */
    HIDDEN,
    /** Nobody: a row number, or a value kept for an index. */
    INTERNAL
  }

  /** An ordinary column. */
  public static ColumnDefinition of(int id, String name, SqlColumnType type, boolean nullable) {
    return new ColumnDefinition(
        id,
        name,
        type,
        nullable,
        Visibility.VISIBLE,
        Optional.empty(),
        false,
        Optional.empty(),
        "");
  }

  /** The engine's side of it. */
  public ColumnSpec spec() {
    return new ColumnSpec(id, name, type.engineType(), nullable, derivation);
  }
}

package io.quiver.engine.schema;

import java.util.Optional;

/**
 * One column.
 *
 * @param id stable for the life of the collection and never used again, even after a drop; what
 *     files on disk refer to
 * @param name unique in its collection
 * @param nullable whether a row may lack a value
 * @param derivation present where the value is computed from another column
 * @param fill the recipe of what rows written before the column was added have in it; the deriver
 *     makes it of no source. Empty for null
 */
public record ColumnSpec(
    int id,
    String name,
    ColumnType type,
    boolean nullable,
    Optional<Derivation> derivation,
    Optional<String> fill) {
  public ColumnSpec {
    if (id < 0) {
      throw new IllegalArgumentException("Invalid column id: " + id);
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("Invalid column name: it is empty");
    }
  }

  /** A column that rows written before it lack. */
  public ColumnSpec(
      int id, String name, ColumnType type, boolean nullable, Optional<Derivation> derivation) {
    this(id, name, type, nullable, derivation, Optional.empty());
  }

  /** A column that is given, not derived. */
  public static ColumnSpec of(int id, String name, ColumnType type, boolean nullable) {
    return new ColumnSpec(id, name, type, nullable, Optional.empty());
  }
}

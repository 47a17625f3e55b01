package io.quiver.engine.write;

import org.jspecify.annotations.Nullable;

/** Computes derived columns; given to the engine by the layer that understands the recipes. */
@FunctionalInterface
public interface ColumnDeriver {
  /**
   * The value of a derived column.
   *
   * @param recipe from the column's {@link io.quiver.engine.schema.Derivation}
   * @param source value of the source column, null where absent
   * @return a value of the derived column's class, or null; must depend on the arguments alone
   */
  @Nullable Object derive(String recipe, @Nullable Object source);
}

package io.quiver.engine.schema;

/**
 * A column whose value is computed from another column of the same row when the row is written.
 *
 * <p>The engine does not know the recipes; it hands them to the {@link
 * io.quiver.engine.write.ColumnDeriver} it was opened with. So a JSON path can be indexed, or the
 * terms of a text be kept, by an engine that knows neither JSON nor languages.
 *
 * @param source name of the column the value is computed from
 * @param recipe what to compute, in words only the deriver understands
 */
public record Derivation(String source, String recipe) {}

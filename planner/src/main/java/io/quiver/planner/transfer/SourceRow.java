package io.quiver.planner.transfer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * <p>Values are {@code Boolean}, {@code Long}, {@code Float}, {@code Double}, {@code BigDecimal},
 * {@code String}, {@code byte[]}, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime},
 * {@code OffsetDateTime}, {@code UUID}, {@code float[]}, {@code float[][]}, a sparse vector, a
 * {@code List} of strings, or null. Objects and arrays of any other kind are their JSON text.
 *
 * @param number of the line it begins on, or of the row in a binary file; from 1
 * @param values by the name of the field, in the order of the file
 */
public record SourceRow(long number, Map<String, @Nullable Object> values) {}

/**
 * Conditions of SQL as conditions the engine tests itself.
 *
 * <p>A condition is translated when the statement is planned and given its parameters when it runs.
 * Start reading at {@link io.quiver.planner.filter.FilterTranslation}.
 */
@NullMarked
package io.quiver.planner.filter;

import org.jspecify.annotations.NullMarked;

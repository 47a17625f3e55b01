/**
 * Columns computed from other columns so that they can be indexed: the terms of a text, the value
 * at a path into JSON.
 *
 * <p>The engine keeps a recipe as a string it does not read; here is what the strings mean. Start
 * reading at {@link io.quiver.planner.derive.Recipe}.
 */
@NullMarked
package io.quiver.planner.derive;

import org.jspecify.annotations.NullMarked;

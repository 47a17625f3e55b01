/**
 * What a session may set: names, ranges, defaults, and their checks.
 *
 * <p>Used by {@code SET}, {@code SHOW} and {@code RESET}, by connection properties, and by the
 * planner where it reads a value. Start reading at {@link io.quiver.planner.setting.Setting}.
 */
@NullMarked
package io.quiver.planner.setting;

import org.jspecify.annotations.NullMarked;

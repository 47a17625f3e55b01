/**
 * Many segments into fewer: which to merge, and which rows a merge keeps.
 *
 * <p>Start reading at {@link io.quiver.engine.compact.MergePolicy}.
 */
@NullMarked
package io.quiver.engine.compact;

import org.jspecify.annotations.NullMarked;

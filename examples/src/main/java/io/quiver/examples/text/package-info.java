/** Texts of a folder, cut into the passages that are indexed. */
@NullMarked
package io.quiver.examples.text;

import org.jspecify.annotations.NullMarked;

/** Processes that are killed while they write, and what is found afterwards. */
@NullMarked
package io.quiver.examples.durability;

import org.jspecify.annotations.NullMarked;

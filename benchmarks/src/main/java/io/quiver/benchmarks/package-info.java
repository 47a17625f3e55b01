/** Quiver beside its peers in one process: {@code bin/quiver bench}. */
@NullMarked
package io.quiver.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Quiver and its peers behind one face, each in its best documented configuration. */
@NullMarked
package io.quiver.benchmarks.contender;

import org.jspecify.annotations.NullMarked;

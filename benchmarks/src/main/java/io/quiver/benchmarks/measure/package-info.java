/** Time, and what is made of it: interleaved rounds, medians, recall curves. */
@NullMarked
package io.quiver.benchmarks.measure;

import org.jspecify.annotations.NullMarked;

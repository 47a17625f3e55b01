/** Figures to a table, JSON and plots. */
@NullMarked
package io.quiver.benchmarks.report;

import org.jspecify.annotations.NullMarked;

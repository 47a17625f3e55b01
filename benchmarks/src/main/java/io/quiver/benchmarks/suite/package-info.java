/** One comparison each, run in a virtual machine of its own. */
@NullMarked
package io.quiver.benchmarks.suite;

import org.jspecify.annotations.NullMarked;

/** What is searched: real embeddings, generated ones, and the exact answers. */
@NullMarked
package io.quiver.benchmarks.data;

import org.jspecify.annotations.NullMarked;

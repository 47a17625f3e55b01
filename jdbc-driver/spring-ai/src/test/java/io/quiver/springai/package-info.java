/** What Spring AI asks of every vector store, asked of Quiver's. */
@NullMarked
package io.quiver.springai;

import org.jspecify.annotations.NullMarked;

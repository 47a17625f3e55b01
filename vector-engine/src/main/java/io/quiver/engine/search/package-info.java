/**
 * Reading: requests, filters, and what comes back.
 *
 * <p>Requests and hits are plain values that could cross a wire: a shard on another machine would
 * be asked and would answer with just these. Start reading at {@link
 * io.quiver.engine.search.SearchRequest}.
 */
@NullMarked
package io.quiver.engine.search;

import org.jspecify.annotations.NullMarked;

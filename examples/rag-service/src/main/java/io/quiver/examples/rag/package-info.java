/**
 * A service that answers questions from a folder of text, as one would build it with Spring Boot:
 * ingest, hybrid retrieval by tenant and date, rerank by token vectors, an answer with its sources,
 * and a page to ask from. {@code bin/quiver rag} starts it.
 *
 * <p>Read {@link io.quiver.examples.rag.Ingest}, then {@link io.quiver.examples.rag.Retrieval}.
 */
@NullMarked
package io.quiver.examples.rag;

import org.jspecify.annotations.NullMarked;

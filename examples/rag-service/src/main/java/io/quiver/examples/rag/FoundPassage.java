package io.quiver.examples.rag;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A passage that was found, with the score that each step gave it; null where a step did not.
 *
 * @param heading the headings above it
 * @param meaning cosine similarity of the vectors, -1 to 1
 * @param words BM25, above 0
 * @param fused sum of reciprocal places, at most 2 / 61
 * @param similarity of the token vectors: for each token of the question the best of the passage,
 *     on average, -1 to 1
 */
record FoundPassage(
    String id,
    String file,
    String tenant,
    LocalDate published,
    String heading,
    String content,
    @Nullable Double meaning,
    @Nullable Double words,
    @Nullable Double fused,
    @Nullable Double similarity) {
  FoundPassage withSimilarity(double score) {
    return new FoundPassage(
        id, file, tenant, published, heading, content, meaning, words, fused, score);
  }
}

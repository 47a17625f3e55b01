package io.quiver.langchain4j;

/** What a search goes by. */
public enum RetrievalMode {
  /** The embedding alone. Scores are LangChain4j's relevance: (1 + cosine similarity) / 2. */
  VECTOR,

  /**
   * The embedding and the words of {@code EmbeddingSearchRequest.query()} together, fused by
   * reciprocal rank (Cormack, Clarke, Büttcher 2009, k = 60). Scores are the fused value over the
   * highest there can be, so 1 is the first by both. A request without words is searched by its
   * embedding, and its scores are those of {@link #VECTOR}.
   */
  HYBRID
}

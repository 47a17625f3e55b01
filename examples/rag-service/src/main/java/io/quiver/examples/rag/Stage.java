package io.quiver.examples.rag;

/** How far a retrieval goes. */
enum Stage {
  /** The nearest by the vector of the text. */
  MEANING,
  /** The best by BM25. */
  WORDS,
  /** Both, fused by reciprocal rank. */
  FUSED,
  /** What fusion put first, put in order by the vectors of its tokens. */
  RERANKED
}

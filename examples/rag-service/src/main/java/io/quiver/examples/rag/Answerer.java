package io.quiver.examples.rag;

import java.util.List;

/**
 * Makes an answer of the passages that were found. The one that is there quotes; put a bean of this
 * type into the application to let a language model write.
 */
interface Answerer {
  /**
   * @param passages best first; may be empty
   */
  Answer answer(Question question, List<FoundPassage> passages);
}

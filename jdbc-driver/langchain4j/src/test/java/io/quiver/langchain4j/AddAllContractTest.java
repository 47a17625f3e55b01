package io.quiver.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreAddAllContract;
import dev.langchain4j.store.embedding.EmbeddingStoreRemoveAllContract;

/** LangChain4j's contracts for lists that do not fit together, and for empty ones. */
class AddAllContractTest implements EmbeddingStoreAddAllContract, EmbeddingStoreRemoveAllContract {
  @Override
  public EmbeddingStore<TextSegment> embeddingStore() {
    return Stores.empty().build();
  }
}

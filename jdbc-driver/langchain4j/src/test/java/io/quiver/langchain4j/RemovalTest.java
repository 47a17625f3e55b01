package io.quiver.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithRemovalIT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** LangChain4j's contract for removing. */
class RemovalTest extends EmbeddingStoreWithRemovalIT {
  private static final QuiverEmbeddingStore STORE = Stores.empty().build();

  @Override
  protected EmbeddingStore<TextSegment> embeddingStore() {
    return STORE;
  }

  @Override
  protected EmbeddingModel embeddingModel() {
    return Stores.model();
  }

  @BeforeEach
  void empty() {
    STORE.removeAll();
  }

  @AfterAll
  static void close() {
    STORE.close();
  }
}

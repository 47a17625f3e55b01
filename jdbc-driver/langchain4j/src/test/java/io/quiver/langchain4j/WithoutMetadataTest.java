package io.quiver.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithoutMetadataIT;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's contract for embeddings and texts. */
class WithoutMetadataTest extends EmbeddingStoreWithoutMetadataIT {
  private static final QuiverEmbeddingStore STORE = Stores.empty().build();

  @Override
  protected EmbeddingStore<TextSegment> embeddingStore() {
    return STORE;
  }

  @Override
  protected EmbeddingModel embeddingModel() {
    return Stores.model();
  }

  @Override
  protected void clearStore() {
    STORE.removeAll();
  }

  @AfterAll
  static void close() {
    STORE.close();
  }
}

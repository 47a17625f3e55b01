package io.quiver.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithFilteringIT;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's contract for filters, over metadata kept as JSON. */
class FilterTest extends EmbeddingStoreWithFilteringIT {
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
  protected boolean supportsContains() {
    return true;
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

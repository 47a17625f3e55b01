package io.quiver.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithRemovalIT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** LangChain4j's contract for removing. */
@ExtendWith(RemovalTest.SinceTwenty.class)
class RemovalTest extends EmbeddingStoreWithRemovalIT {
  private static final QuiverEmbeddingStore STORE = Stores.empty().build();

  /** Before 1.20 removing nothing was to fail; since then it is to do nothing, and so it does. */
  static final class SinceTwenty implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
              .getTestMethod()
              .filter(test -> test.getName().startsWith("should_fail_to_remove_all_by_ids"))
              .isPresent()
          ? ConditionEvaluationResult.disabled("asked for before LangChain4j 1.20")
          : ConditionEvaluationResult.enabled("asked for");
    }
  }

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

package io.quiver.examples.frameworks;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import io.quiver.langchain4j.QuiverEmbeddingStore;
import java.util.List;

/** A question answered by LangChain4j's embedding store. */
public final class LangChain4jAnswer {
  private LangChain4jAnswer() {}

  /** The text nearest to a question. */
  public static String answer(String url, List<String> texts, String question) {
    // section:langchain4j
    var model = new AllMiniLmL6V2EmbeddingModel();
    try (var store = QuiverEmbeddingStore.builder().url(url).dimension(384).build()) {
      var segments = texts.stream().map(TextSegment::from).toList();
      store.addAll(model.embedAll(segments).content(), segments);
      var embedding = model.embed(question).content();
      var ask = EmbeddingSearchRequest.builder().queryEmbedding(embedding).maxResults(1).build();
      return store.search(ask).matches().getFirst().embedded().text();
    }
    // end:langchain4j
  }
}

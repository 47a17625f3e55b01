package io.quiver.springai;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.ai.embedding.EmbeddingModel;

/** A real model in the process, as Spring AI has models. */
final class MiniLm {
  private static final AllMiniLmL6V2EmbeddingModel MODEL = new AllMiniLmL6V2EmbeddingModel();

  /** The tests embed the same few words again and again. */
  private static final Map<String, float[]> KNOWN = new ConcurrentHashMap<>();

  private MiniLm() {}

  static EmbeddingModel model() {
    return new FunctionEmbeddingModel(
        384,
        text -> KNOWN.computeIfAbsent(text, unknown -> MODEL.embed(unknown).content().vector()));
  }
}

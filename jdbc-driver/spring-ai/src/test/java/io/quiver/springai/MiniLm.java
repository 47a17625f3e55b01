package io.quiver.springai;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** A real model in the process, as Spring AI has models. */
final class MiniLm implements EmbeddingModel {
  private static final AllMiniLmL6V2EmbeddingModel MODEL = new AllMiniLmL6V2EmbeddingModel();
  private static final Map<String, float[]> KNOWN = new ConcurrentHashMap<>();

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    List<Embedding> embeddings = new ArrayList<>();
    for (String text : request.getInstructions()) {
      float[] vector =
          KNOWN.computeIfAbsent(text, unknown -> MODEL.embed(unknown).content().vector());
      embeddings.add(new Embedding(vector, embeddings.size()));
    }
    return new EmbeddingResponse(embeddings);
  }

  @Override
  public float[] embed(Document document) {
    return embed(String.valueOf(document.getText()));
  }

  @Override
  public int dimensions() {
    return 384;
  }
}

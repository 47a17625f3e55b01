package io.quiver.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** A model of Spring AI made of any function from a text to its vector, such as a local model's. */
public final class FunctionEmbeddingModel implements EmbeddingModel {
  private final Function<String, float[]> function;
  private final int dimensions;

  /**
   * @param dimensions length of the function's vectors
   * @param function may be called by many threads at once
   */
  public FunctionEmbeddingModel(int dimensions, Function<String, float[]> function) {
    this.dimensions = dimensions;
    this.function = function;
  }

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    List<Embedding> embeddings = new ArrayList<>();
    for (String text : request.getInstructions()) {
      embeddings.add(new Embedding(function.apply(text), embeddings.size()));
    }
    return new EmbeddingResponse(embeddings);
  }

  @Override
  public float[] embed(Document document) {
    return function.apply(String.valueOf(document.getText()));
  }

  @Override
  public int dimensions() {
    return dimensions;
  }
}

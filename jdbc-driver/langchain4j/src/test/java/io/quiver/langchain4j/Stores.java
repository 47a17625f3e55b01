package io.quiver.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores and the model of these tests. */
final class Stores {
  static final int DIMENSION = 384;
  private static final EmbeddingModel MODEL = new Remembering(new AllMiniLmL6V2EmbeddingModel());

  private Stores() {}

  static EmbeddingModel model() {
    return MODEL;
  }

  /** The contracts embed the same few words a thousand times. */
  private static final class Remembering implements EmbeddingModel {
    private final EmbeddingModel model;
    private final Map<String, Embedding> known = new ConcurrentHashMap<>();

    Remembering(EmbeddingModel model) {
      this.model = model;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
      return Response.from(
          segments.stream()
              .map(
                  segment ->
                      known.computeIfAbsent(segment.text(), text -> model.embed(text).content()))
              .toList());
    }
  }

  /** A store in a database of its own. */
  static QuiverEmbeddingStoreBuilder empty() {
    return QuiverEmbeddingStore.builder().url(DatabaseUnderTest.ofItsOwn()).dimension(DIMENSION);
  }
}

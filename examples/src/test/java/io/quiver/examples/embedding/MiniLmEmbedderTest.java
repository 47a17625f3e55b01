package io.quiver.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.quiver.sql.function.TextEmbedder;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
  private final MiniLmEmbedder embedder = new MiniLmEmbedder();

  @Test
  void isFoundAsService() {
    assertThat(ServiceLoader.load(TextEmbedder.class))
        .singleElement()
        .isInstanceOf(MiniLmEmbedder.class);
  }

  @Test
  void vectorIsThatOfTheReferenceModel() {
    String text = "A write is acknowledged once it is durable.";
    float[] expected = new AllMiniLmL6V2EmbeddingModel().embed(text).content().vector();
    assertThat(embedder.embed(text)).containsExactly(expected, within(1e-4f));
  }

  @Test
  void likeTextsAreNearerThanUnlikeOnes() {
    float[] cat = embedder.embed("The cat sleeps on the sofa.");
    assertThat(dot(cat, embedder.embed("A kitten naps on the couch.")))
        .isGreaterThan(0.5)
        .isGreaterThan(dot(cat, embedder.embed("The log is synced to disk.")) + 0.3);
  }

  @Test
  void tokensAreRowsOfLengthOne() {
    float[][] tokens = embedder.embedTokens("write ahead log");
    assertThat(tokens.length).isEqualTo(3);
    for (float[] token : tokens) {
      assertThat(dot(token, token)).isCloseTo(1.0, within(1e-5));
    }
  }

  @Test
  void longTextIsCut() {
    float[][] tokens = embedder.embedTokens("word ".repeat(2_000));
    assertThat(tokens.length).isEqualTo(510);
  }

  @Test
  void emptyTextHasNoTokens() {
    assertThat(embedder.embedTokens("").length).isZero();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

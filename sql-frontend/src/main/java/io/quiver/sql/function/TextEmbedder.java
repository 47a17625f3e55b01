package io.quiver.sql.function;

/**
 * Turns text into vectors, so that {@code EMBED('text')} can stand where a vector is asked for.
 *
 * <p>Found through {@link java.util.ServiceLoader}. Called from several threads.
 */
public interface TextEmbedder {
  /** A short name of the model, for messages. */
  String model();

  /** Number of components of {@link #embed}. */
  int dimension();

  /** One vector for the whole text. */
  float[] embed(String text);

  /** Number of components of a row of {@link #embedTokens}. */
  int tokenDimension();

  /** One vector a token. */
  float[][] embedTokens(String text);
}

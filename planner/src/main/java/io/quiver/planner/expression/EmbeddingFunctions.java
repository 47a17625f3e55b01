package io.quiver.planner.expression;

import io.quiver.sql.function.EmbedFunction;
import io.quiver.sql.function.TextEmbedder;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.Optional;
import java.util.ServiceLoader;

/** EMBED and EMBED_TOKENS: the text embedder on the class path at work. */
final class EmbeddingFunctions {
  private EmbeddingFunctions() {}

  /** Found once; loading a model takes seconds. */
  private static final class Found {
    static final Optional<TextEmbedder> EMBEDDER =
        ServiceLoader.load(TextEmbedder.class).findFirst();
  }

  static Evaluator compile(EmbedFunction function, Evaluator[] operands) {
    return (row, bindings) -> {
      Object text = operands[0].evaluate(row, bindings);
      if (text == null) {
        return null;
      }
      TextEmbedder embedder = Found.EMBEDDER.orElseThrow(EmbeddingFunctions::noEmbedder);
      return function.tokens()
          ? embedder.embedTokens((String) text)
          : embedder.embed((String) text);
    };
  }

  private static RuntimeException noEmbedder() {
    return SqlProblem.of(
            ErrorCode.NOT_SUPPORTED,
            "No text embedder is on the class path",
            "Add one, such as that of quiver-examples, or give the vector itself.")
        .asException();
  }
}

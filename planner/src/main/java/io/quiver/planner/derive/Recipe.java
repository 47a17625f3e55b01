package io.quiver.planner.derive;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.text.TextRecipe;
import io.quiver.sql.text.TextTerms;
import java.util.Optional;

/** What a derived column holds of its source column's value; null where that is null. */
public sealed interface Recipe {
  /** As the engine keeps it; equal recipes have equal texts. */
  String text();

  /** A word for names of indexes, such as the last name of a path. */
  default String label() {
    String path =
        switch (this) {
          case Terms terms -> "terms";
          case JsonValue value -> value.path();
          case JsonTexts texts -> texts.path();
        };
    String[] words = path.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().split(" ", -1);
    String last = words[words.length - 1].toLowerCase(java.util.Locale.ROOT);
    return last.isEmpty() ? "value" : last;
  }

  /** The type of the derived column. */
  SqlColumnType type();

  /** Term counts of a text, for BM25. */
  record Terms(TextRecipe terms) implements Recipe {
    static final String KIND = "terms";

    @Override
    public String text() {
      return KIND + ":" + terms.label();
    }

    @Override
    public SqlColumnType type() {
      return new SqlColumnType.SparseVector(TextTerms.DIMENSION);
    }
  }

  /** {@code JSON_VALUE(source, path RETURNING type)}. */
  record JsonValue(String path, SqlColumnType.Scalar type) implements Recipe {
    static final String KIND = "json_value";

    @Override
    public String text() {
      return String.join(
          ":",
          KIND,
          type.type().name(),
          Integer.toString(type.precision()),
          Integer.toString(type.scale()),
          path);
    }
  }

  /** The strings, numbers and truths of a JSON array as strings, for array predicates. */
  record JsonTexts(String path) implements Recipe {
    static final String KIND = "json_texts";

    @Override
    public String text() {
      return KIND + ":" + path;
    }

    @Override
    public SqlColumnType type() {
      return new SqlColumnType.TextArray();
    }
  }

  /** The recipe whose {@link #text} this is. */
  static Recipe of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("Unknown recipe of a column: " + text));
  }

  private static Optional<Recipe> parse(String text) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    return switch (text.substring(0, Math.max(0, colon))) {
      case Terms.KIND -> TextRecipe.of(rest).map(Terms::new);
      case JsonTexts.KIND -> Optional.of(new JsonTexts(rest));
      case JsonValue.KIND -> parseValue(rest.split(":", 4));
      default -> Optional.empty();
    };
  }

  private static Optional<Recipe> parseValue(String[] parts) {
    if (parts.length < 4) {
      return Optional.empty();
    }
    try {
      SqlColumnType.Scalar type =
          new SqlColumnType.Scalar(
              SqlColumnType.ScalarType.valueOf(parts[0]),
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]));
      return Optional.of(new JsonValue(parts[3], type));
    } catch (IllegalArgumentException unknownType) {
      return Optional.empty();
    }
  }
}

package io.quiver.planner.derive;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.write.ColumnDeriver;
import io.quiver.planner.expression.JsonValueReader;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.text.TextRecipe;
import io.quiver.sql.text.TextTerms;
import io.quiver.sql.validate.ColumnTypes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes derived columns for the engine by their {@link Recipe}s. Safe for many threads. */
public final class RecipeDeriver implements ColumnDeriver {
  private final Map<String, Function<String, @Nullable Object>> recipes = new ConcurrentHashMap<>();

  @Override
  public @Nullable Object derive(String recipe, @Nullable Object source) {
    if (Fill.isOne(recipe)) {
      return Fill.value(recipe);
    }
    return source == null
        ? null
        : recipes.computeIfAbsent(recipe, RecipeDeriver::prepare).apply((String) source);
  }

  /** The terms a query of plain words asks a column of this recipe for. */
  public SparseVectorValue terms(String recipe, String words) {
    if (Recipe.of(recipe) instanceof Recipe.Terms terms) {
      return TextTerms.counts(terms.terms(), words);
    }
    throw new IllegalArgumentException("Not a recipe of a text column: " + recipe);
  }

  private static Function<String, @Nullable Object> prepare(String text) {
    return switch (Recipe.of(text)) {
      case Recipe.Terms(TextRecipe terms) -> source -> TextTerms.counts(terms, source);
      case Recipe.JsonValue value -> {
        JsonValueReader reader =
            new JsonValueReader(value.path(), ColumnTypes.of(value.type(), true));
        yield source -> ColumnValue.toEngine(reader.read(source), value.type());
      }
      case Recipe.JsonTexts texts -> new JsonTextsReader(texts.path())::read;
    };
  }
}

package io.quiver.planner.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.text.TextLanguage;
import io.quiver.sql.text.TextRecipe;
import io.quiver.sql.text.TextTerms;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipeDeriverTest {
  private static final String META =
      """
      {"year": 2020, "title": "Wings", "price": 12.50, "open": true, "none": null,
       "day": "2026-11-23", "id": "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "list": [1, [2, 3]],
       "tags": ["a", 2, true, null, {"x": 1}, ["y"]], "a b": {"c": [{"d": 7}]},
       "authors": [{"name": "Ann"}, {"name": "Ben"}, {"born": 1900}], "big": 12345678901234567890}
      """;

  private final RecipeDeriver deriver = new RecipeDeriver();

  @Test
  void valuesAtPathsHaveTheTypeAskedFor() {
    assertThat(value("$.year", ScalarType.INTEGER)).isEqualTo(2020);
    assertThat(value("$.year", ScalarType.SMALLINT)).isEqualTo(2020);
    assertThat(value("$.year", ScalarType.BIGINT)).isEqualTo(2020L);
    assertThat(value("$.year", ScalarType.DOUBLE)).isEqualTo(2020.0);
    assertThat(value("$.year", ScalarType.REAL)).isEqualTo(2020f);
    assertThat(value("$.year", ScalarType.VARCHAR)).isEqualTo("2020");
    assertThat(value("$.title", ScalarType.VARCHAR)).isEqualTo("Wings");
    assertThat(value("$.open", ScalarType.BOOLEAN)).isEqualTo(true);
    assertThat(value("$.day", ScalarType.DATE)).isEqualTo(20_780);
    assertThat(value("$.id", ScalarType.UUID))
        .isEqualTo(UUID.fromString("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
    assertThat(value("$.\"a b\".c[0].d", ScalarType.INTEGER)).isEqualTo(7);
    assertThat(value("$.list[1][0]", ScalarType.INTEGER)).isEqualTo(2);
    assertThat(derived(new Recipe.JsonValue("$.price", decimal(6, 1)), META))
        .isEqualTo(new BigDecimal("12.5"));
  }

  @Test
  void whatIsNotThereOrOfAnotherTypeIsNull() {
    assertThat(value("$.absent", ScalarType.INTEGER)).isNull();
    assertThat(value("$.none", ScalarType.VARCHAR)).isNull();
    assertThat(value("$.title", ScalarType.INTEGER)).isNull();
    assertThat(value("$.big", ScalarType.BIGINT)).isNull();
    assertThat(value("$.list", ScalarType.VARCHAR)).isNull();
    assertThat(value("$.list[7]", ScalarType.INTEGER)).isNull();
    assertThat(value("$.title.x", ScalarType.VARCHAR)).isNull();
    assertThat(derived(new Recipe.JsonValue("$.price", decimal(2, 1)), META)).isNull();
    assertThat(deriver.derive(json("$.a", ScalarType.INTEGER).text(), null)).isNull();
  }

  @Test
  void malformedAndDeepTextIsNull() {
    String deepArray = "[".repeat(200_000) + "1" + "]".repeat(200_000);
    String deepObject = "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000);
    for (String text :
        List.of("", " ", "{", "[1,", "nonsense", "{\"a\":}", "\u0000", deepArray, deepObject)) {
      assertThat(derived(json("$.a.b", ScalarType.INTEGER), text)).isNull();
      assertThat(derived(json("$.b[0]", ScalarType.VARCHAR), text)).isNull();
      assertThat(derived(new Recipe.JsonTexts("$.b[*].c"), text))
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(), empty -> assertThat((String[]) empty).isEmpty());
    }
  }

  @Test
  void numbersWithHugeExponentsAreRefusedOrRoundedAtOnce() {
    String huge = "{\"a\": 1e999999999, \"b\": 1e-999999999, \"c\": \"1e999999999\"}";
    assertThat(derived(json("$.a", ScalarType.INTEGER), huge)).isNull();
    assertThat(derived(json("$.c", ScalarType.BIGINT), huge)).isNull();
    assertThat(derived(json("$.b", ScalarType.INTEGER), huge)).isEqualTo(0);
    assertThat(derived(new Recipe.JsonValue("$.a", decimal(38, 2)), huge)).isNull();
    assertThat(derived(new Recipe.JsonValue("$.b", decimal(38, 2)), huge))
        .isEqualTo(new BigDecimal("0.00"));
  }

  @Test
  void arraysBecomeTexts() {
    assertThat(texts("$.tags")).containsExactly("a", "2", "true");
    assertThat(texts("$.tags[*]")).containsExactly("a", "2", "true");
    assertThat(texts("$.authors[*].name")).containsExactly("Ann", "Ben");
    assertThat(texts("$.title")).isNull();
    assertThat(texts("$.absent")).isNull();
    assertThat(texts("$.absent[*]")).isEmpty();
    assertThatThrownBy(() -> texts("$..x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> texts("tags")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsBecomeTermsAndQueriesTheSameTerms() {
    TextRecipe english = new TextRecipe(TextLanguage.ENGLISH, false);
    String recipe = new Recipe.Terms(english).text();

    assertThat(deriver.derive(recipe, "Searching wings, wings"))
        .isEqualTo(TextTerms.counts(english, "wing search wing"))
        .isEqualTo(deriver.terms(recipe, "Wings wing SEARCHES"));
    assertThatThrownBy(() -> deriver.terms("json_texts:$.a", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void recipesAreReadBackAsTheyWere() {
    for (Recipe recipe :
        List.of(
            new Recipe.Terms(TextRecipe.DEFAULT),
            json("$.a.\"b:c\"[3]", ScalarType.TIMESTAMP_TZ),
            new Recipe.JsonValue("$", decimal(10, 2)),
            new Recipe.JsonTexts("$.\"a:b\"[*]"))) {
      assertThat(Recipe.of(recipe.text())).isEqualTo(recipe);
    }
    for (String unknown : List.of("", "x", "terms:klingon", "json_value:INTEGER:$", "json:$.a")) {
      assertThatThrownBy(() -> Recipe.of(unknown))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Unknown recipe of a column: " + unknown);
    }
  }

  private @Nullable Object value(String path, ScalarType type) {
    return derived(json(path, type), META);
  }

  private String @Nullable [] texts(String path) {
    return (String[]) derived(new Recipe.JsonTexts(path), META);
  }

  private @Nullable Object derived(Recipe recipe, String source) {
    return deriver.derive(recipe.text(), source);
  }

  private static Recipe.JsonValue json(String path, ScalarType type) {
    return new Recipe.JsonValue(path, SqlColumnType.Scalar.of(type));
  }

  private static SqlColumnType.Scalar decimal(int precision, int scale) {
    return new SqlColumnType.Scalar(ScalarType.DECIMAL, precision, scale);
  }
}

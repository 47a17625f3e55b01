package io.quiver.sql.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.search.SparseVectorValue;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextTermsTest {
  private static final TextRecipe ENGLISH = new TextRecipe(TextLanguage.ENGLISH, false);
  private static final TextRecipe SIMPLE = new TextRecipe(TextLanguage.SIMPLE, false);

  @Test
  void wordsAreStemmedInTheirLanguage() {
    assertThat(TextTerms.terms(ENGLISH, "Searching searches; the SEARCHER'S search."))
        .containsExactly("search", "search", "the", "searcher", "search");
    assertThat(TextTerms.terms(recipe(TextLanguage.GERMAN), "die Häuser, das Haus"))
        .containsExactly("die", "haus", "das", "haus");
    assertThat(TextTerms.terms(recipe(TextLanguage.FRENCH), "L'avion des avions"))
        .containsExactly("avion", "de", "avion");
    assertThat(TextTerms.terms(SIMPLE, "Searching L'avion"))
        .containsExactly("searching", "l'avion");
  }

  @Test
  void stopWordsAreLeftOutWhereTheRecipeSaysSo() {
    assertThat(TextTerms.terms(TextRecipe.DEFAULT, "the history of the wing"))
        .containsExactly("histori", "wing");
    assertThat(TextTerms.counts(TextRecipe.DEFAULT, "to be or not to be").size()).isZero();
  }

  @Test
  void countsAreAscendingByIndexAndSumToTheLength() {
    SparseVectorValue counts = TextTerms.counts(SIMPLE, "a b a c a b");

    assertThat(counts.size()).isEqualTo(3);
    assertThat(counts.weights()).containsExactlyInAnyOrder(3, 2, 1);
    assertThat(counts.indices())
        .isSorted()
        .contains(TextTerms.index("a"), TextTerms.index("b"), TextTerms.index("c"));
    assertThat(counts.indices()[counts.size() - 1]).isLessThan(TextTerms.DIMENSION);
  }

  @Test
  void indexOfATermNeverChanges() {
    // Stored in every database: the published MurmurHash3 test values, cut to 30 bits.
    assertThat(TextTerms.index("")).isZero();
    assertThat(TextTerms.index("hello")).isEqualTo(0x248bfa47 & 0x3fffffff);
    assertThat(TextTerms.index("hello, world")).isEqualTo(0x149bbb7f & 0x3fffffff);
  }

  @Test
  void formsThatLookAlikeAreOneTerm() {
    assertThat(TextTerms.terms(SIMPLE, "ﬁle ｆｉｌｅ cafe\u0301 café"))
        .containsExactly("file", "file", "café", "café");
  }

  @Test
  void strangeTextIsNoProblem() {
    for (String text : List.of("", " \t\n", "!?…", "\ud800 lone", "\u0000", "🙂🙂")) {
      assertThat(TextTerms.counts(ENGLISH, text).size()).isLessThanOrEqualTo(2);
    }
    assertThat(TextTerms.counts(ENGLISH, "x".repeat(100_000)).size()).isPositive();
    assertThat(TextTerms.terms(ENGLISH, "東京 は")).containsExactly("東", "京", "は");
  }

  @ParameterizedTest
  @EnumSource(TextLanguage.class)
  void everyLanguageMakesTerms(TextLanguage language) {
    for (boolean stopWords : new boolean[] {true, false}) {
      TextRecipe recipe = new TextRecipe(language, stopWords);
      assertThat(TextTerms.terms(recipe, "Quiver 2026")).hasSize(2).endsWith("2026");
      assertThat(TextRecipe.of(recipe.label())).contains(recipe);
    }
  }

  @Test
  void nameOfALanguageIsFoundInAnyCaseAndCorrected() {
    assertThat(TextLanguage.of("English")).contains(TextLanguage.ENGLISH);
    assertThat(TextLanguage.of("klingon")).isEmpty();
    assertThat(TextLanguage.nearest("englsh")).contains("english");
    assertThat(TextRecipe.of("klingon-stop")).isEmpty();
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    List<List<String>> all =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(i -> TextTerms.terms(ENGLISH, "searching " + i + " wings"))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).containsExactly("search", "" + i, "wing");
    }
  }

  private static TextRecipe recipe(TextLanguage language) {
    return new TextRecipe(language, false);
  }
}

package io.quiver.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.search.RowFilter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
  private static boolean matches(String value, String pattern, char escape, boolean ignoreCase) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new LikePattern(pattern, escape, ignoreCase)
        .matches(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, ab, false",
    "abc, abcd, false",
    "abc, a%, true",
    "abc, %c, true",
    "abc, %b%, true",
    "abc, %%%, true",
    "abc, a_c, true",
    "abc, ___, true",
    "abc, ____, false",
    "abc, __, false",
    "aXbXc, a%X%c, true",
    "'', %, true",
    "'', '', true",
    "'', _, false",
    "ä, _, true",
    "😀, _, true",
    "a😀b, a_b, true",
    "日本語, 日%, true",
    "日本語, %本%, true",
    "ABC, abc, false",
    "mississippi, m%iss%ip%i, true",
    "mississippi, %ssip_, false",
    "mississippi, %ssip__, true"
  })
  void matchesAsSqlSays(String value, String pattern, boolean expected) {
    assertThat(matches(value, pattern, '\0', false)).isEqualTo(expected);
  }

  @Test
  void escapeMakesTheNextCharacterLiteral() {
    assertThat(matches("100%", "100!%", '!', false)).isTrue();
    assertThat(matches("1000", "100!%", '!', false)).isFalse();
    assertThat(matches("a_b", "a!_b", '!', false)).isTrue();
    assertThat(matches("axb", "a!_b", '!', false)).isFalse();
    assertThat(matches("a!b", "a!!b", '!', false)).isTrue();
    assertThat(matches("a!", "a!", '!', false)).isTrue();
    assertThat(matches("a\\b", "a\\b", '\0', false)).isTrue();
  }

  @Test
  void caseIsFoldedInEveryScript() {
    assertThat(matches("ÄPFEL", "äpf%", '\0', true)).isTrue();
    assertThat(matches("ΟΔΟΣ", "οδος", '\0', true)).isTrue();
    assertThat(matches("Иван", "ИВАН", '\0', true)).isTrue();
    assertThat(matches("\u212A", "k", '\0', true)).as("Kelvin sign").isTrue();
  }

  @Test
  void longPatternsMatchLongStrings() {
    String chapter = "lorem ipsum dolor sit amet ".repeat(20);
    assertThat(matches(chapter, chapter, '\0', false)).isTrue();
    assertThat(matches(chapter + "!", chapter + "_", '\0', false)).isTrue();
    assertThat(matches(chapter, "%" + chapter.substring(30, 300) + "%", '\0', false)).isTrue();
    assertThat(matches(chapter, "%" + chapter.substring(30, 300) + "?%", '\0', false)).isFalse();
    for (int length = 60; length < 70; length++) {
      String word = "x".repeat(length);
      assertThat(matches(word, word, '\0', false)).isTrue();
      assertThat(matches(word + "x", word, '\0', false)).isFalse();
      assertThat(matches(word + "x", word + "%", '\0', false)).isTrue();
    }
  }

  @Test
  void manyWildcardsDoNotBlowUp() {
    String value = "a".repeat(100_000);
    assertThat(matches(value, "%a".repeat(30) + "%b", '\0', false)).isFalse();
    assertThat(matches(value, "%a_".repeat(500) + "%", '\0', false)).isTrue();
  }

  @Test
  void agreesWithRegularExpressions() {
    Random random = new Random(Long.getLong("quiver.seed", 5));
    String alphabet = "ab%_!ä";
    for (int i = 0; i < 20_000; i++) {
      String value = word(alphabet.replace("!", "A"), random.nextInt(8), random);
      String pattern = word(alphabet, random.nextInt(8), random);
      boolean ignoreCase = random.nextBoolean();
      char escape = random.nextBoolean() ? '!' : '\0';
      RowFilter.Like like = new RowFilter.Like(0, pattern, escape, ignoreCase, false);
      assertThat(matches(value, pattern, escape, ignoreCase))
          .as("%s LIKE %s", value, like)
          .isEqualTo(NaiveFilter.like(value, like));
    }
  }

  private static String word(String alphabet, int length, Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }
}

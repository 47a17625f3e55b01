package io.quiver.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassageCutterTest {
  @Test
  void headingsStartPassagesAndNest() {
    String text =
        """
        Before any heading.

        # Guide
        Intro.
        ## Install
        Take the jar.
        ### Linux
        With apt.
        ## Use
        Open it.
        """;
    assertThat(PassageCutter.cut(text, 500))
        .containsExactly(
            new Passage("", "Before any heading."),
            new Passage("Guide", "Intro."),
            new Passage("Guide > Install", "Take the jar."),
            new Passage("Guide > Install > Linux", "With apt."),
            new Passage("Guide > Use", "Open it."));
  }

  @Test
  void underlinedHeadingsAreHeadings() {
    assertThat(PassageCutter.cut("Title\n=====\nText.\n\nPart\n----\nMore.", 500))
        .containsExactly(new Passage("Title", "Text."), new Passage("Title > Part", "More."));
  }

  @Test
  void codeIsKeptWholeAndItsCommentsAreNoHeadings() {
    List<Passage> passages = PassageCutter.cut("# A\n```sh\n# not a heading\n\nls\n```\n", 500);
    assertThat(passages).containsExactly(new Passage("A", "```sh\n# not a heading\n\nls\n```"));
  }

  @Test
  void paragraphsAreGatheredUpToTheTargetLength() {
    String paragraph = "x".repeat(40);
    List<Passage> passages =
        PassageCutter.cut(String.join("\n\n", paragraph, paragraph, paragraph), 100);
    assertThat(passages)
        .containsExactly(
            new Passage("", paragraph + "\n\n" + paragraph), new Passage("", paragraph));
  }

  @Test
  void longParagraphIsCutBetweenSentences() {
    List<Passage> passages = PassageCutter.cut("One two three. Four five six. Seven.", 30);
    assertThat(passages)
        .extracting(Passage::content)
        .containsExactly("One two three. Four five six.", "Seven.");
  }

  @Test
  void nothingIsLost() {
    String words = "word ".repeat(1_000);
    List<Passage> passages = PassageCutter.cut(words, 333);
    assertThat(passages).allSatisfy(p -> assertThat(p.content().length()).isLessThanOrEqualTo(333));
    assertThat(passages.stream().mapToInt(p -> p.content().split(" ").length).sum())
        .isEqualTo(1_000);
  }

  @Test
  void rulesAndEmptySectionsGiveNoPassage() {
    assertThat(PassageCutter.cut("# A\n\n---\n\n## B\n\n***\n", 100)).isEmpty();
  }
}

package io.quiver.examples.rag;

import io.quiver.examples.embedding.MiniLmEmbedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes the sentences of the best passages that are nearest to the question. */
final class ExtractiveAnswerer implements Answerer {
  private static final int PASSAGES = 3;
  private static final int SENTENCES = 2;
  private static final int SENTENCES_READ = 24;
  private static final int SHORTEST = 20;

  private static final Pattern CODE = Pattern.compile("(?s)```.*?(```|$)");
  private static final Pattern BETWEEN = Pattern.compile("(?<=[.!?])\\s+|\\n\\s*\\n|\\n(?=[-*|#])");

  /** What begins a line of a list, a table or a quotation. */
  private static final Pattern MARKS = Pattern.compile("^[-*|#>\\s]+");

  private final MiniLmEmbedder embedder;

  ExtractiveAnswerer(MiniLmEmbedder embedder) {
    this.embedder = embedder;
  }

  private record Sentence(String text, int source, double score) {}

  @Override
  public Answer answer(Question question, List<FoundPassage> passages) {
    if (passages.isEmpty()) {
      return new Answer("Nothing was found that answers this.", List.of());
    }
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < Math.min(PASSAGES, passages.size()); i++) {
      String prose = CODE.matcher(passages.get(i).content()).replaceAll("");
      for (String text : BETWEEN.split(prose)) {
        String sentence = MARKS.matcher(text).replaceFirst("").strip();
        if (sentence.length() >= SHORTEST && sentences.size() < SENTENCES_READ) {
          double score = dot(question.vector(), embedder.embed(sentence));
          sentences.add(new Sentence(sentence, i + 1, score));
        }
      }
    }
    if (sentences.isEmpty()) {
      return new Answer("The passages have no sentence to quote; they follow.", List.of(1));
    }
    List<Sentence> best =
        sentences.stream()
            .sorted(Comparator.comparingDouble(Sentence::score).reversed())
            .limit(SENTENCES)
            .toList();
    return new Answer(
        best.stream()
            .map(sentence -> sentence.text() + " [" + sentence.source() + "]")
            .collect(Collectors.joining(" ")),
        best.stream().map(Sentence::source).distinct().sorted().toList());
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

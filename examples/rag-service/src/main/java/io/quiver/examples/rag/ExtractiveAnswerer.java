package io.quiver.examples.rag;

import io.quiver.examples.embedding.MiniLmEmbedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Quotes the sentences of the best passages that are nearest to the question. */
final class ExtractiveAnswerer implements Answerer {
  private static final int PASSAGES = 3;
  private static final int SENTENCES = 2;
  private static final int SENTENCES_READ = 24;
  private static final int SHORTEST = 20;

  private final MiniLmEmbedder embedder;

  ExtractiveAnswerer(MiniLmEmbedder embedder) {
    this.embedder = embedder;
  }

  private record Sentence(String text, int source, double score) {}

  @Override
  public Answer answer(Question question, List<FoundPassage> passages) {
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < Math.min(PASSAGES, passages.size()); i++) {
      for (String text :
          passages.get(i).content().split("(?<=[.!?])\\s+|\\n\\s*\\n|\\n(?=[-*|#])")) {
        String sentence = text.strip();
        if (sentence.length() >= SHORTEST && sentences.size() < SENTENCES_READ) {
          double score = dot(question.vector(), embedder.embed(sentence));
          sentences.add(new Sentence(sentence, i + 1, score));
        }
      }
    }
    if (sentences.isEmpty()) {
      return new Answer("Nothing was found that answers this.", List.of());
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

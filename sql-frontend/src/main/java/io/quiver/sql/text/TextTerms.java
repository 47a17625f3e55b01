package io.quiver.sql.text;

import io.quiver.engine.search.SparseVectorValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.StringHelper;

/**
 * The terms of a text and how often each occurs, as a sparse vector. Safe for many threads.
 *
 * <p>A term's index is the lower 30 bits of MurmurHash3 of its UTF-8 bytes, so there is no
 * dictionary to keep. Two terms with the same index count as one: among a million distinct terms a
 * given one shares its index with another in one case of a thousand.
 */
public final class TextTerms {
  /** One more than the largest index: the dimension of a column of term counts. */
  public static final int DIMENSION = 1 << 30;

  private static final Map<TextRecipe, TermAnalyzer> ANALYZERS = new ConcurrentHashMap<>();

  private TextTerms() {}

  /** Counts the terms of a document or a query; empty where there are none. */
  public static SparseVectorValue counts(TextRecipe recipe, String text) {
    List<String> terms = terms(recipe, text);
    int[] all = new int[terms.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = index(terms.get(i));
    }
    Arrays.sort(all);
    int[] indices = new int[all.length];
    float[] counts = new float[all.length];
    int size = 0;
    for (int i = 0; i < all.length; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        indices[size++] = all[i];
      }
      counts[size - 1]++;
    }
    return new SparseVectorValue(Arrays.copyOf(indices, size), Arrays.copyOf(counts, size));
  }

  /** The terms of a text in their order, repetitions kept. */
  public static List<String> terms(TextRecipe recipe, String text) {
    // Compatibility forms fold what looks alike: ligatures, full-width letters, loose accents.
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
    List<String> terms = new ArrayList<>();
    TermAnalyzer analyzer = ANALYZERS.computeIfAbsent(recipe, TermAnalyzer::new);
    try (TokenStream stream = analyzer.tokenStream("", normal)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("A string could not be read", e);
    }
    return terms;
  }

  /** The index of a term. */
  public static int index(String term) {
    byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
    return StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, 0) & (DIMENSION - 1);
  }
}

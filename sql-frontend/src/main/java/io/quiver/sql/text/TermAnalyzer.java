package io.quiver.sql.text;

import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.SnowballStemmer;

/**
 * Words by Unicode's rules (UAX 29), without what their language clips on in front or behind, in
 * its lower case, without its stop words, by their stems.
 */
final class TermAnalyzer extends Analyzer {
  private static final CharArraySet ITALIAN_ARTICLES =
      articles(
          "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl",
          "degl", "negl", "sugl", "un", "m", "t", "s", "v", "d");
  private static final CharArraySet CATALAN_ARTICLES = articles("d", "l", "m", "n", "s", "t");
  private static final CharArraySet IRISH_ARTICLES = articles("d", "m", "b");

  private final TextRecipe recipe;

  TermAnalyzer(TextRecipe recipe) {
    this.recipe = recipe;
  }

  private static CharArraySet articles(String... articles) {
    return CharArraySet.unmodifiableSet(new CharArraySet(List.of(articles), true));
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream terms = lowerCase(unclipped(words));
    if (recipe.stopWords()) {
      terms = new StopFilter(terms, recipe.language().stopWords());
    }
    Optional<SnowballStemmer> stemmer = recipe.language().stemmer();
    if (stemmer.isPresent()) {
      terms = new SnowballFilter(terms, stemmer.get());
    }
    return new TokenStreamComponents(words, terms);
  }

  private TokenStream unclipped(TokenStream words) {
    return switch (recipe.language()) {
      case ENGLISH -> new EnglishPossessiveFilter(words);
      case FRENCH -> new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES);
      case ITALIAN -> new ElisionFilter(words, ITALIAN_ARTICLES);
      case CATALAN -> new ElisionFilter(words, CATALAN_ARTICLES);
      case IRISH -> new ElisionFilter(words, IRISH_ARTICLES);
      case TURKISH -> new ApostropheFilter(words);
      default -> words;
    };
  }

  private TokenStream lowerCase(TokenStream words) {
    return switch (recipe.language()) {
      case GREEK -> new GreekLowerCaseFilter(words);
      case IRISH -> new IrishLowerCaseFilter(words);
      case TURKISH -> new TurkishLowerCaseFilter(words);
      default -> new LowerCaseFilter(words);
    };
  }
}

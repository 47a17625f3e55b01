package io.quiver.sql.text;

import io.quiver.sql.problem.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArabicStemmer;
import org.tartarus.snowball.ext.ArmenianStemmer;
import org.tartarus.snowball.ext.BasqueStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.EstonianStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.GreekStemmer;
import org.tartarus.snowball.ext.HindiStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.IndonesianStemmer;
import org.tartarus.snowball.ext.IrishStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.LithuanianStemmer;
import org.tartarus.snowball.ext.NepaliStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/** A language that words are brought to their stems in, and whose commonest words are known. */
public enum TextLanguage {
  /** Words as they are, in lower case. */
  SIMPLE(Optional.empty(), () -> CharArraySet.EMPTY_SET),
  ARABIC(ArabicStemmer::new, ArabicAnalyzer::getDefaultStopSet),
  ARMENIAN(ArmenianStemmer::new, ArmenianAnalyzer::getDefaultStopSet),
  BASQUE(BasqueStemmer::new, BasqueAnalyzer::getDefaultStopSet),
  CATALAN(CatalanStemmer::new, CatalanAnalyzer::getDefaultStopSet),
  DANISH(DanishStemmer::new, DanishAnalyzer::getDefaultStopSet),
  DUTCH(DutchStemmer::new, DutchAnalyzer::getDefaultStopSet),
  ENGLISH(EnglishStemmer::new, EnglishAnalyzer::getDefaultStopSet),
  ESTONIAN(EstonianStemmer::new, EstonianAnalyzer::getDefaultStopSet),
  FINNISH(FinnishStemmer::new, FinnishAnalyzer::getDefaultStopSet),
  FRENCH(FrenchStemmer::new, FrenchAnalyzer::getDefaultStopSet),
  GERMAN(GermanStemmer::new, GermanAnalyzer::getDefaultStopSet),
  GREEK(GreekStemmer::new, GreekAnalyzer::getDefaultStopSet),
  HINDI(HindiStemmer::new, HindiAnalyzer::getDefaultStopSet),
  HUNGARIAN(HungarianStemmer::new, HungarianAnalyzer::getDefaultStopSet),
  INDONESIAN(IndonesianStemmer::new, IndonesianAnalyzer::getDefaultStopSet),
  IRISH(IrishStemmer::new, IrishAnalyzer::getDefaultStopSet),
  ITALIAN(ItalianStemmer::new, ItalianAnalyzer::getDefaultStopSet),
  LITHUANIAN(LithuanianStemmer::new, LithuanianAnalyzer::getDefaultStopSet),
  NEPALI(NepaliStemmer::new, NepaliAnalyzer::getDefaultStopSet),
  NORWEGIAN(NorwegianStemmer::new, NorwegianAnalyzer::getDefaultStopSet),
  PORTUGUESE(PortugueseStemmer::new, PortugueseAnalyzer::getDefaultStopSet),
  ROMANIAN(RomanianStemmer::new, RomanianAnalyzer::getDefaultStopSet),
  RUSSIAN(RussianStemmer::new, RussianAnalyzer::getDefaultStopSet),
  SERBIAN(SerbianStemmer::new, SerbianAnalyzer::getDefaultStopSet),
  SPANISH(SpanishStemmer::new, SpanishAnalyzer::getDefaultStopSet),
  SWEDISH(SwedishStemmer::new, SwedishAnalyzer::getDefaultStopSet),
  TAMIL(TamilStemmer::new, TamilAnalyzer::getDefaultStopSet),
  TURKISH(TurkishStemmer::new, TurkishAnalyzer::getDefaultStopSet);

  private final Optional<Supplier<SnowballStemmer>> stemmer;
  private final Supplier<CharArraySet> stopWords;

  TextLanguage(Supplier<SnowballStemmer> stemmer, Supplier<CharArraySet> stopWords) {
    this(Optional.of(stemmer), stopWords);
  }

  TextLanguage(Optional<Supplier<SnowballStemmer>> stemmer, Supplier<CharArraySet> stopWords) {
    this.stemmer = stemmer;
    this.stopWords = stopWords;
  }

  /** The language of a name in any case, such as {@code english}. */
  public static Optional<TextLanguage> of(String name) {
    return Arrays.stream(values())
        .filter(language -> language.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The name that was probably meant. */
  public static Optional<String> nearest(String name) {
    return NearestName.of(name, names());
  }

  /** All names, as {@link #label} gives them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(TextLanguage::label).toList();
  }

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A stemmer for one thread; none where words are kept as they are. */
  Optional<SnowballStemmer> stemmer() {
    return stemmer.map(Supplier::get);
  }

  CharArraySet stopWords() {
    return stopWords.get();
  }
}

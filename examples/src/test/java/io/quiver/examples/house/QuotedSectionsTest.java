package io.quiver.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Java in our pages is quoted from programs that are compiled and run: a block after {@code <!--
 * section:NAME -->} is the region of that name in this module. {@code -Dquiver.docs=rewrite} puts
 * it there.
 */
class QuotedSectionsTest {
  private static final boolean REWRITE =
      System.getProperty("quiver.docs", "check").equals("rewrite");

  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// section:(\\S+)\\n(.*?)^ *// end:\\1$");
  private static final Pattern QUOTE =
      Pattern.compile("(?ms)(<!-- section:(\\S+) -->\\n```java\\n)(.*?)(^```$)");
  private static final Pattern JAVA = Pattern.compile("(?m)^```java$");

  @Test
  void quotesAreWhatIsCompiled() throws IOException {
    Map<String, String> regions = regions();
    for (Path page : RepositoryTree.files(".md")) {
      String text = Files.readString(page);
      String quoted = QUOTE.matcher(text).replaceAll(quote -> quoteOf(quote, regions, page));
      if (!quoted.equals(text) && REWRITE) {
        Files.writeString(page, quoted);
      }
      assertThat(text).as("%s; remedy: -Dquiver.docs=rewrite", page).isEqualTo(quoted);
    }
  }

  @Test
  void readmeHasNoJavaThatIsNotCompiled() throws IOException {
    String readme = Files.readString(RepositoryTree.root().resolve("README.md"));
    assertThat(QUOTE.matcher(readme).results().count())
        .isEqualTo(JAVA.matcher(readme).results().count())
        .isPositive();
  }

  private static String quoteOf(MatchResult quote, Map<String, String> regions, Path page) {
    String name = quote.group(2);
    assertThat(regions).as("sections quoted by %s", page).containsKey(name);
    return Matcher.quoteReplacement(quote.group(1) + regions.get(name) + quote.group(4));
  }

  private static Map<String, String> regions() throws IOException {
    Map<String, String> regions = new HashMap<>();
    for (Path source : RepositoryTree.files(".java")) {
      REGION
          .matcher(Files.readString(source))
          .results()
          .forEach(
              region ->
                  regions.put(
                      region.group(1), region.group(2).stripTrailing().stripIndent() + "\n"));
    }
    return regions;
  }
}

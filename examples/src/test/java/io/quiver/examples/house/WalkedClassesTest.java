package io.quiver.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The classes by which architecture.md walks through the code are where it says. */
class WalkedClassesTest {
  private static final Pattern STEP =
      Pattern.compile("(?m)^\\|[^|]+\\|([^|]*`[A-Z][^|]+)\\|((?: `[a-z.]+`,?)+) \\|$");
  private static final Pattern WORD = Pattern.compile("`([A-Za-z.]+)`");

  @Test
  void everyClassIsThere() throws IOException {
    String page = Files.readString(RepositoryTree.root().resolve("docs/architecture.md"));
    List<MatchResult> steps = STEP.matcher(page).results().toList();
    assertThat(steps).hasSizeGreaterThan(20);
    List<Path> sources = RepositoryTree.files(".java");
    List<String> missing = new ArrayList<>();
    for (MatchResult step : steps) {
      List<String> packages = words(step.group(2));
      for (String each : words(step.group(1))) {
        String name = Arrays.stream(each.split("\\.")).findFirst().orElseThrow();
        boolean there =
            packages.stream()
                .map(in -> "/io/quiver/" + in.replace('.', '/') + "/" + name + ".java")
                .anyMatch(
                    file -> sources.stream().anyMatch(path -> path.toString().endsWith(file)));
        if (!there) {
          missing.add(name + " in " + packages);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> words(String cell) {
    return WORD.matcher(cell).results().map(word -> word.group(1)).toList();
  }
}

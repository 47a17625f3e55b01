package io.quiver.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the tree: what stands at its top, and that every package says what it is for. */
class TreeTest {
  private static final Set<String> TOP =
      Set.of(
          ".ci",
          ".git",
          ".gitignore",
          "LICENSE",
          "NOTICE",
          "README.md",
          "benchmarks",
          "bin",
          "docs",
          "examples",
          "jdbc-driver",
          "planner",
          "pom.xml",
          "server",
          "sql-frontend",
          "vector-engine");

  /** What tools leave behind; .gitignore names them. */
  private static final Set<String> UNTRACKED =
      Set.of("target", ".idea", ".classpath", ".project", ".settings", ".vscode");

  @Test
  void nothingElseStandsAtTheTop() throws IOException {
    try (Stream<Path> entries = Files.list(RepositoryTree.root())) {
      List<String> strangers =
          entries
              .map(path -> path.getFileName().toString())
              .filter(name -> !TOP.contains(name) && !UNTRACKED.contains(name))
              .filter(name -> !name.endsWith(".iml"))
              .toList();
      assertThat(strangers).isEmpty();
    }
  }

  @Test
  void launcherStandsAloneInBin() throws IOException {
    try (Stream<Path> entries = Files.list(RepositoryTree.root().resolve("bin"))) {
      assertThat(entries.map(path -> path.getFileName().toString())).containsExactly("quiver");
    }
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() throws IOException {
    List<Path> folders =
        RepositoryTree.files(".java").stream()
            .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(folders).isNotEmpty();
    for (Path folder : folders) {
      Path description = folder.resolve("package-info.java");
      assertThat(description).exists();
      assertThat(Files.readString(description))
          .as("%s", description)
          .contains("@NullMarked", "/**");
    }
  }

  @Test
  void noSourceIsNamedAfterNothing() throws IOException {
    assertThat(RepositoryTree.files(".java"))
        .noneMatch(
            file -> file.getFileName().toString().matches(".*(Utils?|Helper|Manager|Impl)\\.java"));
  }
}

package io.quiver.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive where nothing but a JDK is, and runs it. */
class DistributionTest {
  private static final long CACHE_SECONDS = 300;

  @TempDir static Path directory;
  private static Archive archive;
  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    archive = Archive.unpackedIn(directory);
    home = archive.home();
  }

  private record Run(int status, String out, String errors) {}

  private static Run quiver(String... arguments) throws Exception {
    Path out = directory.resolve("out");
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        archive.process(arguments).redirectOutput(out.toFile()).redirectError(errors.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Run(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(errors, UTF_8));
  }

  /** The second time from a cache of its classes, which the first made. */
  @Test
  void aQueryIsAnsweredAndLaterFromTheClassCache() throws Exception {
    Run first = quiver("sql", "store", "--format", "csv", "-e", "SELECT 1 AS one");
    assertThat(first).isEqualTo(new Run(0, "one\n1\n", ""));
    Path cache = directory.resolve(".cache/quiver");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CACHE_SECONDS);
    while (caches(cache).isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
    assertThat(caches(cache)).hasSize(1);
    Run second = quiver("sql", "store", "--format", "csv", "-e", "SELECT 1 AS one");
    assertThat(second).isEqualTo(first);
    // A cache that is damaged is done without, and nobody is told.
    Files.write(caches(cache).getFirst(), new byte[1000]);
    assertThat(quiver("sql", "store", "--format", "csv", "-e", "SELECT 1 AS one")).isEqualTo(first);
  }

  private static List<Path> caches(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  @Test
  void everyLibraryComesWithItsLicence() throws Exception {
    assertThat(home.resolve("LICENSE")).isNotEmptyFile();
    assertThat(home.resolve("NOTICE")).isNotEmptyFile();
    String list = Files.readString(home.resolve("licences/THIRD-PARTY.txt"));
    Set<String> listed =
        Pattern.compile("\\([^:() ]+:([^: ]+):([^ ]+) - ")
            .matcher(list)
            .results()
            .map(found -> found.group(1) + "-" + found.group(2) + ".jar")
            .collect(Collectors.toSet());
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      List<String> others =
          jars.map(jar -> jar.getFileName().toString())
              .filter(jar -> !jar.startsWith("quiver-"))
              .toList();
      assertThat(others).hasSizeGreaterThan(50);
      assertThat(listed).containsAll(others);
    }
    assertThat(list).doesNotContain("Unknown license");
  }

  @Test
  void whatIsNotInItSaysSo() throws Exception {
    Run bench = quiver("bench");
    assertThat(bench.status()).isEqualTo(1);
    assertThat(bench.errors()).startsWith("quiver bench is not part of this installation.");
  }
}

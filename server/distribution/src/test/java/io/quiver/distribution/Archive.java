package io.quiver.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The archive, unpacked where nothing but a JDK is.
 *
 * @param file that was unpacked
 * @param home what came out
 * @param directory of the user who runs it
 */
record Archive(Path file, Path home, Path directory) {
  static Archive unpackedIn(Path directory) throws Exception {
    Path file = only(Path.of("target"), ".tar.gz");
    Process tar =
        new ProcessBuilder("tar", "xzf", file.toAbsolutePath().toString())
            .directory(directory.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return new Archive(file, only(directory, ""), directory);
  }

  private static Path only(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().startsWith("quiver-"))
              .filter(file -> file.getFileName().toString().endsWith(end))
              .toList();
      assertThat(found).as("quiver-*%s in %s", end, folder).hasSize(1);
      return found.getFirst();
    }
  }

  /** A process that runs its {@code bin/quiver}, not yet started. */
  ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/quiver").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("QUIVER_JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}

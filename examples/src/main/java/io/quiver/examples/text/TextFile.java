package io.quiver.examples.text;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of text to be indexed.
 *
 * @param name relative to the folder it was found in
 * @param modified in UTC
 */
public record TextFile(String name, String kind, long bytes, LocalDateTime modified, String text) {
  private static final Set<String> KINDS = Set.of("md", "markdown", "txt", "rst", "adoc", "org");
  private static final Set<String> PASSED_OVER = Set.of("target", "node_modules", "build");
  private static final long LARGEST = 10 << 20;

  /** Every text under a folder, or the one file; hidden and generated folders are passed over. */
  public static List<TextFile> under(Path folder) throws IOException {
    List<TextFile> found = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile).sorted()::iterator) {
        Path name = path.equals(folder) ? path.getFileName() : folder.relativize(path);
        if (isWanted(name) && Files.size(path) <= LARGEST) {
          read(path, name).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<TextFile> read(Path path, Path name) throws IOException {
    try {
      String text = Files.readString(path);
      Instant modified = Files.getLastModifiedTime(path).toInstant();
      return Optional.of(
          new TextFile(
              name.toString().replace('\\', '/'),
              kind(name),
              Files.size(path),
              LocalDateTime.ofInstant(modified, ZoneOffset.UTC),
              text));
    } catch (MalformedInputException notText) {
      // Not UTF-8: nothing a model of English could read.
      return Optional.empty();
    }
  }

  private static boolean isWanted(Path name) {
    for (Path part : name) {
      if (part.toString().startsWith(".") || PASSED_OVER.contains(part.toString())) {
        return false;
      }
    }
    return KINDS.contains(kind(name));
  }

  private static String kind(Path name) {
    String file = name.getFileName().toString().toLowerCase(Locale.ROOT);
    return file.substring(file.lastIndexOf('.') + 1);
  }
}

import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks that every Java source is in google-java-format, or with {@code apply} puts it so.
 *
 * <p>A program of its own because the formatter parses with the JDK it runs on, and Maven may run
 * on one older than our sources. What was found tidy is remembered by its digest in {@code
 * target/tidy-sources}, so that only what changed is looked at again.
 */
final class Format {
  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    Path memory = root.resolve("target/tidy-sources");
    // Another version of the formatter may see things differently.
    String version = digest(Formatter.class.getProtectionDomain().getCodeSource().toString());
    Set<String> known = remembered(memory, version);
    Set<String> tidy = new TreeSet<>();
    Formatter formatter = new Formatter();
    List<Path> untidy = new ArrayList<>();
    for (Path source : sources(root)) {
      String before = Files.readString(source);
      String digest = digest(before);
      if (known.contains(digest)) {
        tidy.add(digest);
        continue;
      }
      String after = formatter.formatSourceAndFixImports(before);
      if (after.equals(before)) {
        tidy.add(digest);
        continue;
      }
      untidy.add(root.relativize(source));
      if (apply) {
        Files.writeString(source, after);
        tidy.add(digest(after));
      }
    }
    remember(memory, version, tidy);
    untidy.forEach(path -> System.out.println((apply ? "formatted " : "not formatted: ") + path));
    if (!apply && !untidy.isEmpty()) {
      System.out.println("Remedy: mvn -N validate -Dquiver.format=apply");
      System.exit(1);
    }
  }

  private static Set<String> remembered(Path memory, String version) throws IOException {
    if (!Files.exists(memory)) {
      return Set.of();
    }
    List<String> lines = Files.readAllLines(memory);
    return !lines.isEmpty() && lines.get(0).equals(version) ? new HashSet<>(lines) : Set.of();
  }

  private static void remember(Path memory, String version, Set<String> tidy) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(version);
    lines.addAll(tidy);
    Files.createDirectories(memory.getParent());
    // Written whole and then moved, for two builds may run at once.
    Path written = Files.createTempFile(memory.getParent(), "tidy", ".new");
    Files.write(written, lines);
    Files.move(written, memory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String digest(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 16);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().contains("target/"))
          .toList();
    }
  }
}

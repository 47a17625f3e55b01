import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that every Java source is in google-java-format, or with {@code apply} puts it so.
 *
 * <p>A program of its own because the formatter parses with the JDK it runs on, and Maven may run
 * on one older than our sources.
 */
final class Format {
  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    Formatter formatter = new Formatter();
    List<Path> untidy = new ArrayList<>();
    for (Path source : sources(root)) {
      String before = Files.readString(source);
      String after = formatter.formatSourceAndFixImports(before);
      if (!after.equals(before)) {
        untidy.add(root.relativize(source));
        if (apply) {
          Files.writeString(source, after);
        }
      }
    }
    untidy.forEach(path -> System.out.println((apply ? "formatted " : "not formatted: ") + path));
    if (!apply && !untidy.isEmpty()) {
      System.out.println("Remedy: mvn -N validate -Dquiver.format=apply");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().contains("target/"))
          .toList();
    }
  }
}

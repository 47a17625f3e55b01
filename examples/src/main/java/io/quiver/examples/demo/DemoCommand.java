package io.quiver.examples.demo;

import io.quiver.examples.text.TextFile;
import io.quiver.server.cli.CommandFailure;
import io.quiver.server.cli.DatabaseArgument;
import io.quiver.server.cli.ResultTable;
import io.quiver.server.cli.SubCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quiver demo}: indexes a folder of text and searches it in every way there is. */
@Command(
    name = "demo",
    description = {
      "Index a folder of text with a model that runs in this process, and search it"
          + " in every way there is, printing the SQL and its time."
    })
public final class DemoCommand implements SubCommand {
  private static final String QUESTION = "how is a committed write kept safe from a crash";
  private static final String UNREADABLE = "XX001";
  private static final String WORDS = "durable write log";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The texts, Markdown or plain; by default Quiver's own README and docs.")
  private @Nullable Path data;

  @Option(
      names = "--dir",
      paramLabel = "STORE",
      description = "The database's directory; by default quiver-demo in the temporary folder.")
  private @Nullable Path directory;

  @Option(names = "--ask", paramLabel = "QUESTION", description = "What to search for.")
  private @Nullable String question;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, SQLException {
    Path store =
        directory == null
            ? Path.of(System.getProperty("java.io.tmpdir"), "quiver-demo")
            : directory;
    String url = DatabaseArgument.url(store.toString());
    out.println("Database  " + store + "   (" + url + ")");
    try (Connection connection = connect(url, store)) {
      fill(new DemoIndex(connection, out));
      String asked = question == null ? (data == null ? QUESTION : heading(connection)) : question;
      String words = question == null && data == null ? WORDS : asked;
      for (DemoQuery query : DemoQuery.about(asked, words)) {
        run(connection, query);
      }
    }
    out.println();
    out.println("The database stays. To ask it more:");
    out.println("  bin/quiver sql " + store);
    out.printf(
        "  bin/quiver sql %s -e \"SELECT file, heading, score"
            + " FROM VECTOR_SEARCH('passages', 'embedding', EMBED('your question'), 5)\"%n",
        store);
    return 0;
  }

  /** The demo's own folder may hold what another version made: that is no loss. */
  private Connection connect(String url, Path store) throws IOException, SQLException {
    try {
      return DriverManager.getConnection(url);
    } catch (SQLException unreadable) {
      if (directory != null || !UNREADABLE.equals(unreadable.getSQLState())) {
        throw unreadable;
      }
      out.println("What another version of Quiver left there cannot be read: it is made anew.");
      try (Stream<Path> paths = Files.walk(store)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
      return DriverManager.getConnection(url);
    }
  }

  /** Indexes the texts, unless the database holds them from an earlier run. */
  private void fill(DemoIndex index) throws IOException, SQLException {
    if (index.exists()) {
      if (data == null) {
        out.println("It holds the passages of an earlier run; --data FOLDER indexes anew.");
        return;
      }
      index.drop();
    }
    List<TextFile> files = texts();
    if (files.isEmpty()) {
      throw new CommandFailure("There is no Markdown or plain text under " + data);
    }
    out.println("Texts     " + (data == null ? "Quiver's README and docs" : data));
    out.println();
    long start = System.nanoTime();
    int passages = index.build(files);
    out.printf(
        Locale.ROOT,
        "%n%d passages of %d files are durable and searchable after %.1f s%n",
        passages,
        files.size(),
        (System.nanoTime() - start) / 1e9);
  }

  private List<TextFile> texts() throws IOException {
    if (data != null) {
      if (!Files.exists(data)) {
        throw new CommandFailure("There is no folder " + data);
      }
      return TextFile.under(data);
    }
    Path home = Path.of(System.getProperty("quiver.home", "."));
    List<TextFile> files = new ArrayList<>(TextFile.under(home.resolve("README.md")));
    files.addAll(TextFile.under(home.resolve("docs")));
    return files;
  }

  /** Something that a folder of any kind has an answer to: the heading of its longest passage. */
  private static String heading(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet longest =
            statement.executeQuery(
                "SELECT heading, content FROM passages ORDER BY length DESC, id LIMIT 1")) {
      longest.next();
      String heading = longest.getString(1);
      String content = longest.getString(2);
      return heading == null || heading.isEmpty()
          ? content.substring(0, Math.min(80, content.length()))
          : heading;
    }
  }

  private void run(Connection connection, DemoQuery query) throws SQLException {
    out.println();
    out.println("== " + query.title());
    out.println(query.sql().strip().indent(4).stripTrailing());
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.sql())) {
      out.println();
      long rows = new ResultTable(out, "  ", 72).print(result);
      double millis = (System.nanoTime() - start) / 1e6;
      out.printf(Locale.ROOT, "  -- %d rows in %.1f ms%n", rows, millis);
    }
  }
}

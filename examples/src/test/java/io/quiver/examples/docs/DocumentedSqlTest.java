package io.quiver.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.examples.house.RepositoryTree;
import io.quiver.server.cli.ResultTable;
import io.quiver.server.cli.SqlScript;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * SQL in our pages is run, block after block, on a fresh database for each page; the block of text
 * after it is what it gives. {@code -Dquiver.docs=rewrite} puts that there.
 *
 * <p>A statement after a comment {@code -- a mistake} is one that fails, and shows its message; no
 * other may fail. Statements that give no rows show nothing.
 */
class DocumentedSqlTest {
  private static final boolean REWRITE =
      System.getProperty("quiver.docs", "check").equals("rewrite");

  private static final Pattern SQL =
      Pattern.compile("(?ms)^```sql\\n(.*?)^```\\n(?:\\n```text\\n.*?^```\\n)?");
  private static final Pattern TIMES = Pattern.compile("time_ms=[0-9.]+");

  @TestFactory
  Stream<DynamicTest> pagesShowWhatTheirSqlGives() throws IOException {
    List<Path> pages =
        RepositoryTree.files(".md").stream()
            .filter(page -> SQL.matcher(read(page)).find())
            .toList();
    assertThat(pages).extracting(page -> page.getFileName().toString()).contains("sql.md");
    return pages.stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    RepositoryTree.root().relativize(page).toString(), () -> check(page)));
  }

  private static void check(Path page) throws IOException, SQLException {
    String text = read(page);
    StringBuilder right = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:")) {
      Matcher block = SQL.matcher(text);
      while (block.find()) {
        String shown = withResult(connection, block.toMatchResult());
        block.appendReplacement(right, Matcher.quoteReplacement(shown));
      }
      block.appendTail(right);
    }
    if (REWRITE) {
      Files.writeString(page, right);
    }
    assertThat(REWRITE ? right.toString() : text)
        .as("%s; remedy: -Dquiver.docs=rewrite", page)
        .isEqualTo(right.toString());
  }

  private static String withResult(Connection connection, MatchResult block) throws SQLException {
    List<String> results = new ArrayList<>();
    for (SqlScript.Part part : SqlScript.parts(block.group(1))) {
      String result = run(connection, part.text());
      if (!result.isEmpty()) {
        results.add(result);
      }
    }
    String sql = "```sql\n" + block.group(1) + "```\n";
    return results.isEmpty() ? sql : sql + "\n```text\n" + String.join("\n", results) + "```\n";
  }

  private static String run(Connection connection, String sql) throws SQLException {
    boolean mistake = sql.startsWith("-- a mistake");
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      assertThat(mistake).as("is a mistake, and yet runs: %s", sql).isFalse();
      String warnings = warnings(statement);
      return rows ? warnings + table(statement.getResultSet()) : warnings;
    } catch (SQLException failure) {
      if (!mistake) {
        throw new SQLException(sql + "\n" + failure.getMessage(), failure);
      }
      return String.valueOf(failure.getMessage()).stripTrailing() + "\n";
    }
  }

  private static String warnings(Statement statement) throws SQLException {
    StringBuilder lines = new StringBuilder();
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      lines.append("Warning: ").append(warning.getMessage()).append('\n');
    }
    return lines.toString();
  }

  /** A result as the shell prints it; how long a plan took is left out. */
  private static String table(ResultSet rows) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ResultTable(new PrintStream(bytes, true, StandardCharsets.UTF_8), "", 100).print(rows);
    return TIMES.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceAll("time_ms=…");
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

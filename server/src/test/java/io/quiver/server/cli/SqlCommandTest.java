package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quiver sql} with statements that nobody types. */
class SqlCommandTest {
  private static final String SCRIPT =
      """
      -- Everything a value can be; a semicolon; in a comment
      CREATE TABLE a (id INT PRIMARY KEY, "T" VARCHAR, b BOOLEAN, v VECTOR(2), d DATE, j JSON,
        x VARCHAR ARRAY, s SPARSEVEC, r DOUBLE);
      INSERT INTO a VALUES (1, 'say "hi"; ok', TRUE, '[1, 2.5]', DATE '2024-01-02', '{"k": [1, 2]}',
        ARRAY['p', 'q'], '{"indices": [3], "values": [0.5]}', 0.000123456789);
      INSERT INTO a VALUES (2, 'line
      two', FALSE, NULL, NULL, NULL, NULL, NULL, 12345678.9);
      INSERT INTO a (id, "T") VALUES (3, '');
      """;

  @TempDir Path folder;

  private String store() {
    return folder.resolve("store").toString();
  }

  private void fill() throws IOException {
    Path script = Files.writeString(folder.resolve("fill.sql"), SCRIPT);
    assertThat(CommandRun.of("sql", store(), "-f", script.toString()))
        .isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void tableIsAligned() throws IOException {
    fill();
    CommandRun run =
        CommandRun.of("sql", store(), "-e", "SELECT id, b, v, d, x, r FROM a ORDER BY id");
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                id  b      v          d           x       r
                1   true   [1.0,2.5]  2024-01-02  [p, q]  0.000123457
                2   false  NULL       NULL        NULL    12345678.9
                3   NULL   NULL       NULL        NULL    NULL
                """,
                ""));
  }

  @Test
  void csvReadsBackAsItWas() throws IOException {
    fill();
    CommandRun run =
        CommandRun.of("sql", store(), "--format", "csv", "-e", "SELECT * FROM a ORDER BY id");
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                id,T,b,v,d,j,x,s,r
                1,"say ""hi""; ok",true,"[1.0,2.5]",2024-01-02,"{""k"": [1, 2]}","[p, q]",\
                "{""indices"":[3],""values"":[0.5]}",1.23456789E-4
                2,"line
                two",false,,,,,,1.23456789E7
                3,"",,,,,,,
                """,
                ""));
  }

  @Test
  void jsonKeepsNumbersListsAndAbsence() throws IOException {
    fill();
    CommandRun run =
        CommandRun.of("sql", store(), "--format=JSON", "-e", "SELECT * FROM a ORDER BY id");
    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode rows = new ObjectMapper().readTree(run.out());
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id": 1, "T": "say \\"hi\\"; ok", "b": true, "v": [1.0, 2.5], "d": "2024-01-02",
                     "j": {"k": [1, 2]}, "x": ["p", "q"], "s": {"indices": [3], "values": [0.5]},
                     "r": 0.000123456789}
                    """));
    assertThat(rows.get(1).get("T").asText()).isEqualTo("line\ntwo");
    assertThat(rows.get(1).get("d").isNull()).isTrue();
    assertThat(rows.get(1).get("r").asDouble()).isEqualTo(12345678.9);
    assertThat(
            CommandRun.of("sql", store(), "--format", "json", "-e", "SELECT id FROM a WHERE 1 = 0")
                .out())
        .isEqualTo("[]\n");
  }

  @Test
  void severalStatementsInOneTextOrInSeveral() {
    String expected = "one\n1\ntwo\n2\n";
    assertThat(CommandRun.of("sql", "-e", "SELECT 1 AS one; SELECT 2 AS two;").out())
        .isEqualTo(expected);
    assertThat(CommandRun.of("sql", "-e", "SELECT 1 AS one", "-e", "SELECT 2 AS two").out())
        .isEqualTo(expected);
    assertThat(CommandRun.withInput("SELECT 1 AS one;\nSELECT 2 AS two", "sql").out())
        .isEqualTo(expected);
    assertThat(CommandRun.withInput("-- nothing\n;;", "sql")).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void firstFailureEndsAScriptAndTellsItsLine() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("bad.sql"),
            "SELECT 1 AS one;\n\n"
                + "-- wrong\n"
                + "SELECT nosuch\n"
                + "FROM (VALUES (1)) AS t (n);\n"
                + "SELECT 2 AS two;");
    assertThat(CommandRun.of("sql", "-f", script.toString()))
        .isEqualTo(
            new CommandRun(
                1,
                "one\n1\n",
                script
                    + """
                    :3: QV-3002 COLUMN_UNKNOWN (SQLSTATE 42703) at line 2, column 8
                      no table here has a column "nosuch"
                      SELECT nosuch
                             ^^^^^^
                      Remedy: check the columns of the tables in FROM.
                    """));
  }

  @Test
  void databaseMayBeAUrl() throws IOException {
    fill();
    String expected = "n\n3\n";
    String count = "SELECT COUNT(*) AS n FROM a";
    assertThat(CommandRun.of("sql", "jdbc:quiver:" + store(), "-e", count).out())
        .isEqualTo(expected);
    assertThat(CommandRun.of("sql", "quiver:" + store(), "-e", count).out()).isEqualTo(expected);
    assertThat(CommandRun.of("sql", ":memory:", "-e", "SELECT 3 AS n").out()).isEqualTo(expected);
  }

  @Test
  void mistakesAreToldWithoutAStackTrace() throws IOException {
    Path missing = folder.resolve("missing.sql");
    assertThat(CommandRun.of("sql", "-f", missing.toString()))
        .isEqualTo(new CommandRun(1, "", "There is no file " + missing + " that can be read\n"));
    Files.writeString(folder.resolve("letter.txt"), "not a database");
    assertThat(CommandRun.of("sql", folder.toString(), "-e", "SELECT 1"))
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "Directory %s is not a Quiver database: it holds letter.txt. Name an empty or a new directory. (SQLSTATE XX001)\n"
                    .formatted(folder)));
    assertThat(CommandRun.of("sql", "--format", "xml", "-e", "SELECT 1").errors())
        .startsWith(
            "Invalid value for option '--format': expected one of [TABLE, CSV, JSON]"
                + " (case-insensitive) but was 'xml'\n");
    assertThat(CommandRun.of("sql", "-e", "SELECT 1", "-f", "x").status()).isEqualTo(2);
  }
}

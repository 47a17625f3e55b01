package io.quiver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblemException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Calcite gets wrong, or would, each with the answer that is right. */
class CalciteTrapsTest {
  private static final float[] EAST = {1, 0};
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestTables.database();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void lateralTableFunctionIsCorrelated() {
    assertThat(
            database.query(
                "SELECT q.id, v.id FROM questions q,"
                    + " LATERAL TABLE(VECTOR_SEARCH(TABLE docs, DESCRIPTOR(embedding), q.vec, 1)) v"
                    + " ORDER BY 1"))
        .containsExactly("0, 0", "1, 6");
  }

  @Test
  void namedArgumentsInAnyOrderKeepTheirParameters() {
    assertThat(
            database.query(
                "SELECT id FROM VECTOR_SEARCH(top_k => ?, query => ?, data => TABLE docs)",
                2,
                EAST))
        .containsExactly("0", "1");
  }

  @Test
  void parameterInOrderByHasItsType() {
    assertThat(database.query("SELECT id FROM docs ORDER BY embedding <=> ? LIMIT ?", EAST, 1))
        .containsExactly("0");
  }

  @Test
  void descriptorIsOfTheSearchedTable() {
    assertThat(
            database.query(
                "SELECT d.id FROM docs d JOIN"
                    + " TABLE(VECTOR_SEARCH(TABLE docs, DESCRIPTOR(embedding), ?, 2)) v"
                    + " ON d.id = v.id ORDER BY d.id",
                (Object) EAST))
        .containsExactly("0", "1");
  }

  @Test
  void equalsAnyIsNotEquality() {
    assertThat(database.query("SELECT id FROM docs WHERE 'open' = ANY(tags) ORDER BY id"))
        .containsExactly("0", "3", "6");
    assertThat(
            database.query(
                "SELECT id FROM docs WHERE id = ANY(?) ORDER BY id",
                (Object) new Integer[] {2, 5, 99}))
        .containsExactly("2", "5");
  }

  @Test
  void literalsOfDifferentLengthAreNotPadded() {
    assertThat(database.query("SELECT COUNT(*) FROM docs WHERE lang IN ('en', 'longer')"))
        .containsExactly("4");
    assertThat(database.query("SELECT x FROM (VALUES (1, 'a'), (2, 'bcd')) t(x, y) WHERE y = 'a'"))
        .containsExactly("1");
  }

  @Test
  void textBeyondLatinIsText() {
    assertThat(database.query("SELECT '日本' || title FROM docs WHERE id = 0"))
        .containsExactly("日本title 0");
  }

  @Test
  void groupingSetsLeaveOutWhatTheyDoNotGroupBy() {
    assertThat(
            database.query(
                "SELECT lang, year, COUNT(*) FROM docs WHERE id < 3"
                    + " GROUP BY GROUPING SETS ((lang), (year), ())"
                    + " ORDER BY lang, year"))
        .containsExactly(
            "de, null, 1",
            "en, null, 2",
            "null, 2018, 1",
            "null, 2019, 1",
            "null, 2020, 1",
            "null, null, 3");
  }

  @Test
  void columnThatIsNotGroupedByIsRefused() {
    assertThatThrownBy(() -> database.query("SELECT title, COUNT(*) FROM docs GROUP BY lang"))
        .isInstanceOf(SqlProblemException.class);
  }

  @Test
  void vectorsAreGroupedByContent() {
    assertThat(
            database.query(
                "SELECT embedding FROM docs WHERE id = 0"
                    + " UNION SELECT embedding FROM docs WHERE id = 0"))
        .containsExactly("[1.0, 0.0]");
  }

  @Test
  void sumOfIntegersDoesNotOverflow() {
    assertThat(database.query("SELECT SUM(x) FROM (VALUES (2147483647), (2147483647)) t(x)"))
        .containsExactly("4294967294");
    assertThat(database.query("SELECT AVG(x) FROM (VALUES (1), (2)) t(x)")).containsExactly("1.5");
  }

  @Test
  void longListsStayLists() {
    String list =
        IntStream.range(0, 5_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThat(database.query("SELECT COUNT(*) FROM docs WHERE id IN (" + list + ")"))
        .containsExactly("8");
    assertThat(database.query("SELECT COUNT(*) FROM docs WHERE year NOT IN (" + list + ")"))
        .containsExactly("0");
  }

  @Test
  void deepStatementFailsCleanly() {
    String deep = "(".repeat(20_000) + "1" + ")".repeat(20_000);
    assertThatThrownBy(() -> database.query("SELECT " + deep))
        .isInstanceOfSatisfying(
            SqlProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.STATEMENT_TOO_DEEP));
  }

  @Test
  void nullAmongListOfNotInAdmitsNothing() {
    assertThat(database.query("SELECT id FROM docs WHERE id NOT IN (1, NULL)")).isEmpty();
    assertThat(database.query("SELECT id FROM docs WHERE NOT (year > 2018) ORDER BY id"))
        .containsExactly("0");
  }

  @Test
  void nullsComeLastInEitherDirection() {
    assertThat(database.query("SELECT id FROM docs ORDER BY year DESC LIMIT 1"))
        .containsExactly("6");
    assertThat(database.query("SELECT id FROM docs ORDER BY year OFFSET 7")).containsExactly("7");
  }

  @Test
  void samePlanServesOtherParameters() {
    String sql = "SELECT id FROM VECTOR_SEARCH('docs', ?, ?) v WHERE v.lang = ?";
    assertThat(database.query(sql, EAST, 1, "en")).containsExactly("0");
    assertThat(database.query(sql, EAST, 2, "de")).containsExactly("1", "3");
    assertThat(database.statements.prepare(database.session, sql))
        .isSameAs(database.statements.prepare(database.session, sql));
  }
}

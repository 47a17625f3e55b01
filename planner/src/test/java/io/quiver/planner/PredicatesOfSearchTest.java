package io.quiver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which predicates are part of a search, and which come after it: a line of the table each. */
class PredicatesOfSearchTest {
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
  void whereOfSameBlockIsInside() {
    assertRows("SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v WHERE v.lang = 'de'", "1", "3", "5");
    assertThat(database.plan("SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v WHERE v.lang = 'de'"))
        .contains("Search(")
        .contains("filter=[")
        .doesNotContain("Filter(");
  }

  @Test
  void whereOfOuterBlockIsAfter() {
    assertRows(
        "SELECT id FROM (SELECT * FROM VECTOR_SEARCH('docs', ?, 3)) t WHERE t.lang = 'de'", "1");
  }

  @Test
  void whereOverCommonTableExpressionIsAfter() {
    assertRows(
        "WITH s AS (SELECT * FROM VECTOR_SEARCH('docs', ?, 3)) SELECT id FROM s WHERE lang = 'de'",
        "1");
  }

  @Test
  void whereOfWrapperOfToolIsAfter() {
    assertRows(
        "SELECT * FROM (SELECT id, lang FROM VECTOR_SEARCH('docs', ?, 3)) AS \"source\""
            + " WHERE \"source\".lang = 'de' LIMIT 1048575",
        "1, de");
  }

  @Test
  void whereBesideInnerJoinIsInside() {
    assertRows(
        "SELECT v.id FROM VECTOR_SEARCH('docs', ?, 2) v JOIN questions q ON q.lang = v.lang"
            + " WHERE v.lang = 'de' ORDER BY v.distance",
        "1",
        "3");
  }

  @Test
  void whereOnKeptSideOfLeftJoinIsInside() {
    assertRows(
        "SELECT v.id, q.id FROM VECTOR_SEARCH('docs', ?, 2) v"
            + " LEFT JOIN questions q ON q.lang = v.lang"
            + " WHERE v.lang = 'de' ORDER BY v.distance",
        "1, 1",
        "3, 1");
  }

  @Test
  void whereOnSideThatLeftJoinFillsWithNullsIsAfter() {
    assertRows(
        "SELECT q.id, v.id FROM questions q"
            + " LEFT JOIN VECTOR_SEARCH('docs', ?, 2) v ON v.lang = q.lang"
            + " WHERE v.lang = 'de' ORDER BY 1, 2",
        "1, 1");
  }

  @Test
  void conditionOfJoinIsAfter() {
    assertRows(
        "SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v"
            + " JOIN questions q ON q.lang = v.lang AND v.lang = 'de' ORDER BY v.distance",
        "1");
  }

  @Test
  void whereOfInSubQueryIsInsideThere() {
    assertRows(
        "SELECT id FROM docs WHERE id IN"
            + " (SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v WHERE v.lang = 'de') ORDER BY id",
        "1",
        "3",
        "5");
  }

  @Test
  void whereOutsideInSubQueryIsAfter() {
    assertRows(
        "SELECT id FROM docs WHERE lang = 'de' AND id IN"
            + " (SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v) ORDER BY id",
        "1");
  }

  @Test
  void inSubQueryOverAnotherTableIsInside() {
    assertRows(
        "SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v"
            + " WHERE v.id IN (SELECT id FROM docs WHERE lang = 'de')",
        "1",
        "3",
        "5");
  }

  @Test
  void havingIsAfter() {
    assertRows(
        "SELECT v.lang, COUNT(*) FROM VECTOR_SEARCH('docs', ?, 3) v"
            + " GROUP BY v.lang HAVING v.lang = 'de'",
        "de, 1");
  }

  @Test
  void lateralSearchMayReadOuterRow() {
    assertThat(
            database.query(
                "SELECT q.id, v.id FROM questions q"
                    + " CROSS APPLY VECTOR_SEARCH('docs', 'embedding', q.vec, 2) AS v"
                    + " WHERE v.lang = q.lang ORDER BY q.id, v.distance"))
        .containsExactly("0, 0", "0, 2", "1, 5", "1, 3");
  }

  @Test
  void boundsOfDistanceAndScoreCutTheResult() {
    assertRows("SELECT v.id FROM VECTOR_SEARCH('docs', ?, 5) v WHERE v.score > 0.9", "0", "1", "2");
    assertRows("SELECT v.id FROM VECTOR_SEARCH('docs', ?) v WHERE v.distance < 0.1", "0", "1", "2");
  }

  @Test
  void disjunctionOfPayloadAndScoreIsAfterWithWarning() {
    String sql =
        "SELECT v.id FROM VECTOR_SEARCH('docs', ?, 2) v WHERE v.lang = 'xx' OR v.score > 0.99";
    assertRows(sql, "0");
    try (var rows = database.run(sql, (Object) EAST).cursor()) {
      assertThat(rows.next()).isTrue();
    }
    assertThat(database.run(sql, (Object) EAST).warnings())
        .singleElement()
        .asString()
        .contains("applied after the search");
  }

  @Test
  void existsTiedByEqualityIsInside() {
    String sql =
        "SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v"
            + " WHERE EXISTS (SELECT 1 FROM questions q WHERE q.lang = v.lang AND q.id = 1)";
    assertRows(sql, "1", "3", "5");
    assertThat(database.run(sql, (Object) EAST).warnings()).isEmpty();
  }

  @Test
  void correlatedSubQueryIsAfterWithWarning() {
    String sql =
        "SELECT v.id FROM VECTOR_SEARCH('docs', ?, 3) v"
            + " WHERE EXISTS (SELECT 1 FROM questions q WHERE q.id > v.id AND q.id = 1)";
    assertRows(sql, "0");
    assertThat(database.run(sql, (Object) EAST).warnings()).hasSize(1);
  }

  @Test
  void filterModePostAsksForAfter() {
    assertRows(
        "SELECT id FROM VECTOR_SEARCH('docs', ?, 3, options => MAP['filter_mode', 'post'])"
            + " WHERE lang = 'de'",
        "1");
  }

  @Test
  void limitStandsForTopK() {
    assertRows("SELECT id FROM VECTOR_SEARCH('docs', ?) v ORDER BY v.distance LIMIT 2", "0", "1");
    assertRows(
        "SELECT id FROM VECTOR_SEARCH('docs', ?) v ORDER BY v.score DESC LIMIT 2 OFFSET 1",
        "1",
        "2");
    assertRows("SELECT id FROM VECTOR_SEARCH('docs', ?) v LIMIT 0");
  }

  private static void assertRows(String sql, String... rows) {
    assertThat(database.query(sql, (Object) EAST)).as(sql).containsExactly(rows);
  }
}

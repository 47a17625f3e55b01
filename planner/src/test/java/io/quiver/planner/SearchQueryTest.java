package io.quiver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchQueryTest {
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
  void selectsRowsOfTable() {
    assertThat(database.query("SELECT id, title FROM docs WHERE id < 2 ORDER BY id"))
        .containsExactly("0, title 0", "1, title 1");
  }

  @Test
  void findsNearestRowsWithScore() {
    assertThat(
            database.query(
                "SELECT id, distance, score FROM VECTOR_SEARCH('docs', 'embedding', ?, 2)",
                (Object) EAST))
        .containsExactly("0, 0.0, 1.0", "1, 0.025072, 0.974928");
  }

  @Test
  void whereIsPartOfSearch() {
    assertThat(
            database.query(
                "SELECT v.id FROM VECTOR_SEARCH('docs', 'embedding', ?, 3) AS v"
                    + " WHERE v.lang = 'de'",
                (Object) EAST))
        .containsExactly("1", "3", "5");
  }

  @Test
  void everySpellingOfArgumentsIsTheSame() {
    for (String call :
        new String[] {
          "VECTOR_SEARCH('docs', 'embedding', ?, 2)",
          "VECTOR_SEARCH('public.docs', ?, 2)",
          "TABLE(VECTOR_SEARCH(TABLE docs, DESCRIPTOR(embedding), ?, 2))",
          "VECTOR_SEARCH(top_k => 2, query => ?, col => 'embedding', data => TABLE docs)",
          "VECTOR_SEARCH(\"SEARCH_TABLE\" => TABLE docs, COLUMN_TO_SEARCH => DESCRIPTOR(embedding),"
              + " COLUMN_TO_QUERY => ?, k => 2)",
          "VECTOR_SEARCH((SELECT * FROM docs), 'embedding', ?, 2,"
              + " options => MAP['ef_search', '200', 'exact', 'true'])",
        }) {
      assertThat(database.query("SELECT id FROM " + call, (Object) EAST))
          .as(call)
          .containsExactly("0", "1");
    }
  }

  @Test
  void unknownColumnSuggestsNearest() {
    assertThatThrownBy(
            () -> database.query("SELECT id FROM VECTOR_SEARCH('docs', 'embeding', ?, 2)", "[1,0]"))
        .hasMessageContaining("no column \"embeding\"")
        .hasMessageContaining("\"embedding\"");
  }
}

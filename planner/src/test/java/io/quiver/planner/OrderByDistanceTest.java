package io.quiver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches written as an order and a limit, as clients write them. */
class OrderByDistanceTest {
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
  void becomesSearch() {
    for (String key :
        new String[] {
          "embedding <=> ?",
          "cosine_distance(embedding, ?)",
          "cosine_distance(?, embedding)",
          "VECTOR_DISTANCE(embedding, ?, COSINE)",
          "vec_distance_cosine(embedding, ?)",
          "embedding <-> ?",
          "l2_squared_distance(embedding, ?)",
          "embedding <#> ?",
          "taxicab_distance(embedding, ?)",
          "1 - (embedding <=> ?) DESC",
          "(2.0 - cosine_distance(embedding, ?)) / 2.0 DESC",
          "- l2_distance(embedding, ?) DESC",
          "1 / (1 + l2_distance(embedding, ?)) DESC",
          "inner_product(embedding, ?) DESC",
        }) {
      String sql = "SELECT id FROM docs ORDER BY " + key + " LIMIT 3";
      assertThat(database.plan(sql)).as(key).contains("Search(");
      assertThat(database.query(sql, (Object) EAST)).as(key).containsExactly("0", "1", "2");
    }
  }

  @Test
  void doesNotBecomeSearch() {
    for (String query :
        new String[] {
          "SELECT id FROM docs ORDER BY embedding <=> ?",
          "SELECT id FROM docs ORDER BY embedding <=> ? DESC LIMIT 3",
          "SELECT id FROM docs ORDER BY id, embedding <=> ? LIMIT 3",
          "SELECT id FROM docs ORDER BY ABS(embedding <=> ?) LIMIT 3",
          "SELECT MIN(id) FROM docs GROUP BY embedding <=> ? ORDER BY MIN(id) LIMIT 3",
        }) {
      assertThat(database.plan(query)).as(query).doesNotContain("Search(");
    }
  }

  @Test
  void whereIsInside() {
    assertThat(
            database.query(
                "SELECT id FROM docs WHERE lang = 'de' ORDER BY embedding <=> ? LIMIT 2",
                (Object) EAST))
        .containsExactly("1", "3");
  }

  @Test
  void derivedTableWithBoundOnItsAlias() {
    assertThat(
            database.query(
                "SELECT id, d FROM (SELECT id, lang, embedding <=> ? AS d FROM docs) t"
                    + " WHERE d < ? AND lang = 'en' ORDER BY d LIMIT 5",
                EAST,
                0.3))
        .containsExactly("0, 0.0", "2, 0.099031");
  }

  @Test
  void ownParameterForEachUseOfVector() {
    assertThat(
            database.query(
                "SELECT (2.0 - cosine_distance(e.embedding, ?)) / 2.0, e.id FROM docs e"
                    + " WHERE cosine_distance(e.embedding, ?) <= ROUND(2.0 - 2.0 * ?, 8)"
                    + " AND JSON_VALUE(e.meta, '$.kind') = ?"
                    + " ORDER BY cosine_distance(e.embedding, ?) FETCH FIRST ? ROWS ONLY",
                EAST,
                EAST,
                0.9,
                "k1",
                EAST,
                3))
        .containsExactly("0.987464, 1");
  }

  @Test
  void otherVectorInTheBoundIsTestedRowByRow() {
    String sql = "SELECT id FROM docs WHERE embedding <=> ? < ? ORDER BY embedding <=> ? LIMIT 3";
    assertThat(database.query(sql, EAST, 0.05, EAST)).containsExactly("0", "1");
    assertThat(database.query(sql, new float[] {0, 1}, 0.3, EAST)).containsExactly("4", "5", "6");
    assertThat(database.query(sql, new float[] {0, 1}, 0.03, EAST)).containsExactly("6");
  }

  @Test
  void wrapperOfToolKeepsTheSearch() {
    String sql =
        "SELECT * FROM (SELECT id FROM docs ORDER BY embedding <=> ? LIMIT 3) AS \"source\""
            + " LIMIT 1048575";
    assertThat(database.plan(sql)).contains("Search(");
    assertThat(database.query(sql, (Object) EAST)).containsExactly("0", "1", "2");
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM (SELECT id FROM docs ORDER BY embedding <=> ? LIMIT 3) x",
                (Object) EAST))
        .containsExactly("3");
  }

  @Test
  void rowsWithoutVectorComeLast() {
    assertThat(
            database.query("SELECT id FROM docs ORDER BY embedding <=> ? LIMIT 20", (Object) EAST))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void lateralOrderReadsOuterRow() {
    assertThat(
            database.query(
                "SELECT q.id, x.id FROM questions q CROSS JOIN LATERAL"
                    + " (SELECT id FROM docs ORDER BY embedding <=> q.vec LIMIT 1) x"
                    + " WHERE q.id < 2 ORDER BY 1"))
        .containsExactly("0, 0", "1, 6");
  }

  @Test
  void otherMetricThanIndexIsExactWithWarning() {
    assertThat(
            database
                .run("SELECT id FROM docs ORDER BY embedding <-> ? LIMIT 1", (Object) EAST)
                .warnings())
        .singleElement()
        .asString()
        .contains("every row was compared");
  }
}

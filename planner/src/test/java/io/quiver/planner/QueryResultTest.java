package io.quiver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.catalog.TableDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results of queries of every kind, over tables, views and searches. */
class QueryResultTest {
  private static final float[] EAST = {1, 0};
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database =
        TestTables.database()
            .table(
                secrets(),
                new @Nullable Object[] {1, "a", "hidden a", 10L},
                new @Nullable Object[] {2, "b", "hidden b", 11L})
            .view("english", "SELECT id, title, embedding, year FROM docs WHERE lang = 'en'")
            .systemTable(
                new SystemTable(
                    "information_schema",
                    "things",
                    List.of(TestTables.column(0, "thing", ScalarType.VARCHAR, false)),
                    viewer ->
                        List.of(new @Nullable Object[] {"one"}, new @Nullable Object[] {"two"})));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static TableDefinition secrets() {
    ColumnDefinition secret = TestTables.column(2, "secret", ScalarType.VARCHAR, true);
    ColumnDefinition number = TestTables.column(3, "$row", ScalarType.BIGINT, false);
    return new TableDefinition(
        3,
        "public",
        "secrets",
        List.of(
            TestTables.column(0, "id", ScalarType.INTEGER, false),
            TestTables.column(1, "name", ScalarType.VARCHAR, true),
            with(secret, Visibility.HIDDEN),
            with(number, Visibility.INTERNAL)),
        List.of("$row"),
        List.of(),
        List.of(),
        List.of(),
        1,
        Optional.empty(),
        "");
  }

  private static ColumnDefinition with(ColumnDefinition column, Visibility visibility) {
    return new ColumnDefinition(
        column.id(),
        column.name(),
        column.type(),
        column.nullable(),
        visibility,
        column.defaultSql(),
        column.identity(),
        column.derivation(),
        column.comment());
  }

  @Test
  void keyIsLookedUp() {
    assertRows("SELECT id FROM docs WHERE id = 3", "3");
    assertRows("SELECT id FROM docs WHERE id IN (5, 1, 99) AND lang = 'de' ORDER BY id", "1", "5");
    assertThat(database.query("SELECT title FROM docs WHERE id = ?", 4L))
        .containsExactly("title 4");
  }

  @Test
  void joins() {
    assertRows(
        "SELECT d.id, q.id FROM docs d JOIN questions q ON d.lang = q.lang"
            + " WHERE d.id < 2 ORDER BY 1, 2",
        "0, 0",
        "0, 2",
        "1, 1");
    assertRows(
        "SELECT d.id, q.id FROM docs d LEFT JOIN questions q ON d.lang = q.lang AND q.id > 1"
            + " WHERE d.id < 2 ORDER BY 1",
        "0, 2",
        "1, null");
    assertRows(
        "SELECT d.id, q.id FROM docs d FULL JOIN questions q ON d.id = q.id + 6 AND d.id > 5"
            + " WHERE d.id IS NULL OR d.id > 4 ORDER BY 1, 2",
        "5, null",
        "6, 0",
        "7, 1",
        "null, 2");
    assertRows("SELECT d.id FROM docs d JOIN questions q USING (id) ORDER BY 1", "0", "1", "2");
  }

  @Test
  void joinsByDistance() {
    assertRows(
        "SELECT d.id, q.id FROM docs d JOIN questions q"
            + " ON cosine_distance(d.embedding, q.vec) < 0.03 ORDER BY 1, 2",
        "0, 0",
        "1, 0",
        "6, 1");
    assertRows(
        "SELECT q.id, d.id FROM questions q LEFT JOIN docs d"
            + " ON cosine_distance(d.embedding, q.vec) < 0.01 ORDER BY 1",
        "0, 0",
        "1, null",
        "2, null");
  }

  @Test
  void aggregates() {
    assertRows(
        "SELECT lang, COUNT(*), AVG(year), SUM(year), MIN(title) FROM docs GROUP BY lang"
            + " HAVING COUNT(*) > 1 ORDER BY lang",
        "de, 4, 2021.0, 6063, title 1",
        "en, 4, 2021.0, 8084, title 0");
    assertRows("SELECT COUNT(DISTINCT lang), COUNT(*), COUNT(year) FROM docs", "2, 8, 7");
    assertRows(
        "SELECT lang, COUNT(*) FILTER (WHERE year > 2020) FROM docs GROUP BY 1 ORDER BY 1",
        "de, 2",
        "en, 2");
    assertThat(
            database.query(
                "SELECT lang, COUNT(*), MAX(score) FROM VECTOR_SEARCH('docs', ?, 5) v"
                    + " GROUP BY lang ORDER BY lang",
                (Object) EAST))
        .containsExactly("de, 2, 0.974928", "en, 3, 1.0");
  }

  @Test
  void windows() {
    assertRows(
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY lang ORDER BY id DESC) FROM docs"
            + " WHERE id < 3 ORDER BY id",
        "0, 2",
        "1, 1",
        "2, 1");
    assertRows(
        "SELECT id FROM docs QUALIFY ROW_NUMBER() OVER (PARTITION BY lang ORDER BY id) = 1"
            + " ORDER BY id",
        "0",
        "1");
  }

  @Test
  void setOperations() {
    assertRows("SELECT id FROM docs INTERSECT SELECT id FROM questions ORDER BY 1", "0", "1", "2");
    assertRows("SELECT id FROM questions EXCEPT SELECT 1 ORDER BY 1", "0", "2");
    assertRows("SELECT lang FROM docs UNION SELECT lang FROM questions ORDER BY 1", "de", "en");
    assertRows("SELECT 1 UNION ALL SELECT 1", "1", "1");
  }

  @Test
  void reciprocalRankFusion() {
    assertThat(
            database.query(
                "WITH legs AS (SELECT id, 'd' AS leg, score FROM VECTOR_SEARCH('docs', ?, 5)"
                    + " UNION ALL"
                    + " SELECT id, 's', score FROM SPARSE_MATCH('docs', 'sparse', '{101:1}', 5))"
                    + " SELECT id FROM (SELECT id, ROW_NUMBER() OVER"
                    + " (PARTITION BY leg ORDER BY score DESC) AS r FROM legs) t"
                    + " GROUP BY id ORDER BY SUM(1.0 / (60 + r)) DESC, id LIMIT 3",
                (Object) EAST))
        .containsExactly("2", "4", "3");
  }

  @Test
  void sparseAndMultivectorSearches() {
    assertRows(
        "SELECT id, score FROM SPARSE_MATCH('docs', 'sparse', '{101:1}', 2)", "6, 7.0", "5, 6.0");
    assertRows(
        "SELECT id FROM SPARSE_MATCH('docs', 'sparse', '{101:1}', 2) s WHERE s.lang = 'de'",
        "5",
        "3");
    assertRows(
        "SELECT id, distance FROM MAXSIM('docs', 'colbert', '[[1,0]]', 2)",
        "0, -1.0",
        "1, -0.974933");
    assertThat(
            database.query(
                "SELECT id FROM MAXSIM((SELECT * FROM VECTOR_SEARCH('docs', ?, 4) v"
                    + " WHERE v.lang = 'de'), 'colbert', '[[1,0]]', 2)",
                (Object) EAST))
        .containsExactly("1", "3");
  }

  @Test
  void subQueries() {
    assertRows(
        "SELECT id FROM docs d WHERE EXISTS (SELECT 1 FROM questions q WHERE q.id = d.id) ORDER BY"
            + " 1",
        "0",
        "1",
        "2");
    assertRows(
        "SELECT id, (SELECT MAX(q.id) FROM questions q WHERE q.lang = d.lang) FROM docs d WHERE id"
            + " < 2 ORDER BY 1",
        "0, 2",
        "1, 1");
    assertRows(
        "SELECT id FROM docs WHERE id NOT IN (SELECT id FROM questions) AND id < 5 ORDER BY 1",
        "3",
        "4");
    assertRows(
        "SELECT id FROM docs WHERE year > ALL (SELECT 2021 + id FROM questions) ORDER BY 1", "6");
    assertRows(
        "SELECT id FROM VECTOR_SEARCH('docs', (SELECT embedding FROM docs WHERE id = 3), 2)",
        "3",
        "2");
    assertThatThrownBy(() -> database.query("SELECT (SELECT id FROM questions)"))
        .hasMessageContaining("gave 3 rows");
  }

  @Test
  void viewsExpand() {
    assertRows("SELECT id FROM english WHERE year > 2019 ORDER BY id", "2", "4", "6");
    assertThat(
            database.query(
                "SELECT id FROM VECTOR_SEARCH('english', 'embedding', ?, 2)", (Object) EAST))
        .containsExactly("0", "2");
  }

  @Test
  void systemTablesAreTables() {
    assertRows(
        "SELECT COUNT(*), MAX(thing) FROM information_schema.things WHERE thing <> 'one'",
        "1, two");
  }

  @Test
  void starLeavesOutHiddenColumns() {
    assertRows("SELECT * FROM secrets ORDER BY id", "1, a", "2, b");
    assertRows("SELECT s.*, 1 FROM secrets s WHERE id = 1", "1, a, 1");
    assertRows("SELECT * FROM secrets s JOIN (VALUES (1)) v(x) ON s.id = v.x", "1, a, 1");
    assertRows("SELECT secret FROM secrets WHERE secret = 'hidden b'", "hidden b");
    assertThatThrownBy(() -> database.query("SELECT \"$row\" FROM secrets"))
        .hasMessageContaining("COLUMN_UNKNOWN");
  }

  @Test
  void vectorsAreCastBothWays() {
    assertRows("SELECT CAST('[1,2]' AS VECTOR(2)), VECTOR '[3,4]'", "[1.0, 2.0], [3.0, 4.0]");
    assertRows("SELECT CAST(embedding AS VARCHAR) FROM docs WHERE id = 0", "[1.0,0.0]");
    assertRows("SELECT CAST(id AS VARCHAR), CAST('7' AS INTEGER) FROM docs WHERE id = 0", "0, 7");
    assertThat(database.query("SELECT CAST(? AS VECTOR)", "[3,4]")).containsExactly("[3.0, 4.0]");
    assertThatThrownBy(() -> database.query("SELECT CAST('[1,2,3]' AS VECTOR(2))"))
        .hasMessageContaining("Expected 2 dimensions, found 3");
  }

  @Test
  void jsonIsReadByPath() {
    assertRows(
        "SELECT id FROM docs WHERE JSON_VALUE(meta, '$.year' RETURNING INTEGER) >= 2023 ORDER BY 1",
        "5",
        "6");
    assertRows(
        "SELECT COUNT(*) FROM docs WHERE JSON_EXISTS(meta, '$.kind')"
            + " AND JSON_VALUE(meta, '$.kind') = 'k1'",
        "3");
  }

  @Test
  void columnsTellTheirOrigin() {
    Prepared prepared =
        database.statements.prepare(
            database.session,
            "SELECT d.title AS t, d.embedding, 1 AS one FROM docs d WHERE id = ?");
    assertThat(prepared.columns())
        .extracting(c -> c.label() + ":" + c.table() + ":" + c.type().name())
        .containsExactly("t:docs:VARCHAR", "embedding:docs:VECTOR(2)", "one::INTEGER");
    assertThat(prepared.parameters()).extracting(ResultType::name).containsExactly("INTEGER");
  }

  private static void assertRows(String sql, String... rows) {
    assertThat(database.query(sql)).as(sql).containsExactly(rows);
  }
}

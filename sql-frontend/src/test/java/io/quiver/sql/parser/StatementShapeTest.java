package io.quiver.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.sql.parser.StatementShape.Literal;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementShapeTest {
  private static void assertShape(String sql, String text, Literal... literals) {
    assertThat(StatementShape.of(sql)).contains(new StatementShape(text, List.of(literals)));
  }

  @Test
  void takesOutVectorsAndWhatNamesAreComparedWith() {
    assertShape(
        "SELECT v.id FROM VECTOR_SEARCH('docs', 'e', '[0.1,-2]', 10) v"
            + " WHERE v.lang = 'it''s' AND v.year >= 2020 LIMIT 5",
        "SELECT v.id FROM VECTOR_SEARCH('docs', 'e', ?, 10) v"
            + " WHERE v.lang = ? AND v.year >= ? LIMIT 5",
        new Literal.VectorText("[0.1,-2]"),
        new Literal.Text("it's"),
        new Literal.Whole(2020));
    assertShape(
        "select id from docs order by e <=> VECTOR '[1, 2]' limit 3",
        "select id from docs order by e <=> ? limit 3",
        new Literal.VectorText("[1, 2]"));
    assertShape(
        "WITH a AS (SELECT \"x\" FROM t WHERE \"x\"<>7) SELECT * FROM a -- = 'no'",
        "WITH a AS (SELECT \"x\" FROM t WHERE \"x\"<>?) SELECT * FROM a -- = 'no'",
        new Literal.Whole(7));
  }

  @Test
  void leavesWhatMayDecideAboutTypesNamesAndPlans() {
    for (String sql :
        List.of(
            "SELECT 1",
            "SELECT '[1,2]'",
            "SELECT id FROM t WHERE x = ?",
            "SELECT id FROM t WHERE 1 = 0",
            "SELECT id FROM t WHERE x = 1.5",
            "SELECT id FROM t WHERE x = 1 + 2",
            "SELECT id FROM t WHERE x = 'a' || 'b'",
            "SELECT id FROM t WHERE x = -1",
            "SELECT id FROM t WHERE x = DATE '2024-01-01'",
            "SELECT id FROM t WHERE x = 1234567890123456789012",
            "SELECT id FROM t WHERE x IN (1, 2) ORDER BY 1 LIMIT 10",
            "SELECT JSON_VALUE(m, '$.k') FROM t GROUP BY 1",
            "SELECT \"a = 1\" FROM t /* x = 1 */",
            "SELECT id FROM t WHERE x = 'open",
            "INSERT INTO t SELECT id FROM u WHERE x = 1",
            "UPDATE t SET x = 1",
            "")) {
      assertThat(StatementShape.of(sql)).as(sql).isEmpty();
    }
  }
}

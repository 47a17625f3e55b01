package io.quiver.sql.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlProblemTest {
  @Test
  void rendersExcerptOfLongLineWithCarets() {
    String sql = "SELECT id, title, lang FROM docs ORDER BY embedding <-> '[0.12, 0.5]' LIMIT 5";
    int column = sql.indexOf('\'') + 1;
    assertThat(dimensions(new SqlPosition(1, column, 1, column + 12), sql))
        .isEqualTo(
            """
            QV-2203 VECTOR_DIMENSIONS_DIFFER (SQLSTATE 22000) at line 1, column 57
              column "embedding" holds 768 dimensions, the query vector has 384
              ... docs ORDER BY embedding <-> '[0.12, 0.5]' LIMIT 5
                                              ^^^^^^^^^^^^^
              Remedy: embed the query with the model that filled the column.\
            """);
  }

  @Test
  void shortensWhatIsMarkedAndWhatFollows() {
    String sql = "SELECT '" + "x".repeat(300) + "' FROM docs";
    assertThat(dimensions(new SqlPosition(1, 8, 1, 309), sql))
        .contains("\n  SELECT '" + "x".repeat(67) + "… FR…\n         " + "^".repeat(69) + "\n");
  }

  @Test
  void showsOnlyTheFirstLineOfWhatSpansSeveral() {
    assertThat(dimensions(new SqlPosition(2, 3, 3, 4), "SELECT\n\t a + \r\n  b"))
        .contains("\n    a +\n    ^^^^\n");
  }

  @Test
  void rendersWithoutStatementOrPosition() {
    SqlProblem problem = SqlProblem.of(ErrorCode.STATEMENT_EMPTY, "nothing", "write something.");
    assertThat(problem.asException().in("x"))
        .hasMessage(
            "QV-1002 STATEMENT_EMPTY (SQLSTATE 42601)\n  nothing\n  Remedy: write something.");
    assertThat(dimensions(SqlPosition.at(7, 90), "SELECT 1"))
        .contains("at line 7, column 90\n")
        .contains("Remedy");
  }

  @Test
  void keepsTheFirstStatementItIsShownIn() {
    SqlProblemException problem =
        SqlProblem.at(ErrorCode.SYNTAX_ERROR, SqlPosition.at(1, 1), "m", "r.").asException();
    SqlProblemException shown = problem.in("first");
    assertThat(shown.in("second")).isSameAs(shown);
    assertThat(shown.sqlState()).isEqualTo("42601");
  }

  private static String dimensions(SqlPosition position, String sql) {
    return String.valueOf(
        SqlProblem.at(
                ErrorCode.VECTOR_DIMENSIONS_DIFFER,
                position,
                "column \"embedding\" holds 768 dimensions, the query vector has 384",
                "embed the query with the model that filled the column.")
            .asException()
            .in(sql)
            .getMessage());
  }
}

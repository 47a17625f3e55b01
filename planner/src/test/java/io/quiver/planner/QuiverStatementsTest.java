package io.quiver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblemException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuiverStatementsTest {
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
  void cacheForgetsTheLeastRecentlyUsed() {
    PlanCache cache = new PlanCache("text", 2, 1_000, 100);
    PlannedStatement plan = database.planner.plan("SELECT 1", database.session);
    PlanCache.Key first = key("a", 1);
    cache.put(first, plan);
    cache.put(key("b", 1), plan);
    assertThat(cache.find(first)).isNotNull();
    cache.put(key("c", 1), plan);
    assertThat(cache.figures().plans()).isEqualTo(2);
    assertThat(cache.find(first)).isNotNull();
    assertThat(cache.find(key("b", 1))).isNull();
    assertThat(cache.find(key("a", 2))).isNull();
  }

  @Test
  void cacheIsBoundedInCharactersAndKeepsNoLongText() {
    PlanCache cache = new PlanCache("text", 100, 50, 30);
    PlannedStatement plan = database.planner.plan("SELECT 1", database.session);
    cache.put(key("x".repeat(31), 1), plan);
    assertThat(cache.figures().plans()).isZero();
    for (int i = 0; i < 10; i++) {
      cache.put(key(i + "x".repeat(19), 1), plan);
    }
    assertThat(cache.figures().plans()).isEqualTo(2);
  }

  @Test
  void wrongNumberOfParametersIsToldWithBoth() {
    assertProblem(
        "SELECT id FROM docs WHERE id = ?", ErrorCode.PARAMETER_COUNT, "1 parameters, 0 values");
  }

  @Test
  void parametersOfManyClassesReadAsTheirType() {
    assertThat(database.query("SELECT id FROM docs WHERE id = ?", "3")).containsExactly("3");
    assertThat(database.query("SELECT id FROM docs WHERE title = ?", (Object) "title 2"))
        .containsExactly("2");
    assertThat(database.query("SELECT CAST(? AS DATE)", LocalDate.of(1970, 1, 11)))
        .containsExactly("10");
    assertThat(database.query("SELECT id FROM docs WHERE ARRAY_OVERLAP(tags, ?)", "{t3,x}"))
        .containsExactly("3");
    assertProblem(
        "SELECT id FROM docs WHERE id = ?", ErrorCode.VALUE_INVALID, "parameter 1", "three");
  }

  @Test
  void stoppedStatementEnds() {
    StopSignal stop =
        () -> {
          throw new SearchStoppedException("cancelled", false);
        };
    Prepared prepared =
        database.statements.prepare(
            database.session, "SELECT COUNT(*) FROM docs a, docs b, docs c WHERE a.id < b.id");
    assertThatThrownBy(
            () -> {
              StatementResult.Rows rows =
                  (StatementResult.Rows)
                      database.statements.execute(database.session, prepared, new Object[0], stop);
              rows.cursor().next();
            })
        .isInstanceOf(SearchStoppedException.class);
  }

  @Test
  void threadsPlanAndRunAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String sql = "SELECT lang, COUNT(*), " + i % 12 + " FROM docs GROUP BY lang ORDER BY lang";
        results.add(threads.submit(() -> database.query(sql)));
      }
      for (int i = 0; i < 24; i++) {
        assertThat(results.get(i).get()).containsExactly("de, 4, " + i % 12, "en, 4, " + i % 12);
      }
    }
  }

  private static void assertProblem(
      String sql, ErrorCode code, String message, Object... parameters) {
    assertThatThrownBy(() -> database.query(sql, parameters))
        .isInstanceOfSatisfying(
            SqlProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static PlanCache.Key key(String sql, long version) {
    return new PlanCache.Key(sql, "public", version, Optional.empty());
  }
}

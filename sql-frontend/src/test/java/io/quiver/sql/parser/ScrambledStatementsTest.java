package io.quiver.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, the parser reads it or says why not; it never fails in another way. */
class ScrambledStatementsTest {
  private static final int ROUNDS = 400;

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT id, v <-> ? AS d FROM docs AS t WHERE lang = 'en' AND year > 3 ORDER BY d LIMIT"
              + " 5",
          "CREATE TABLE docs (id BIGINT PRIMARY KEY, v VECTOR(3, INT8), tags TEXT[]) WITH (shards ="
              + " 4)",
          "INSERT INTO docs (id, v) VALUES (1, '[1,2]') ON CONFLICT (id) DO UPDATE SET v ="
              + " EXCLUDED.v",
          "CREATE INDEX CONCURRENTLY i ON docs USING HNSW (v vector_l2_ops) WITH (m = 16)",
          "SELECT * FROM VECTOR_SEARCH(data => TABLE docs, col => DESCRIPTOR(v), query => ?) AS v",
          "WITH a AS (SELECT CASE WHEN x THEN 1 ELSE -2 END FROM t) SELECT /*+ ANN(a='b') */ * FROM"
              + " a",
          "EXPLAIN (ANALYZE, FORMAT JSON) DELETE FROM docs WHERE 'x' = ANY(tags) RETURNING *",
          "ALTER TABLE docs ADD COLUMN a INT NOT NULL DEFAULT 3, RENAME TO b",
          "SELECT a::int, CAST(b AS VARCHAR ARRAY), JSON_VALUE(m, '$.k' RETURNING INTEGER) FROM t",
          "SET LOCAL hnsw.ef_search TO 80",
          "COPY (SELECT 1) TO 'a.csv' (FORMAT csv, HEADER true)",
          "SELECT U&'\\0041', X'0f', E'\\n', DATE '2020-01-01', INTERVAL '1' DAY, 1e3, .5 -- end");

  private final StatementParser parser = new StatementParser();

  @Test
  void readsOrRefuses() {
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      String sql = scrambled(random);
      try {
        assertThat(parser.parse(sql)).isNotNull();
      } catch (SqlProblemException problem) {
        assertThat(problem.problem().code())
            .as("seed %s, round %s: %s%n%s", seed, i, sql, problem.getMessage())
            .isNotEqualTo(ErrorCode.INTERNAL_ERROR);
      } catch (RuntimeException | Error other) {
        throw new AssertionError("seed " + seed + ", round " + i + ": " + sql, other);
      }
    }
  }

  private static String scrambled(Random random) {
    String sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
    if (random.nextBoolean()) {
      return scrambledCharacters(sql, random);
    }
    List<String> words = words(sql);
    List<String> others = words(STATEMENTS.get(random.nextInt(STATEMENTS.size())));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(4)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, others.get(random.nextInt(others.size())));
        case 2 -> words.set(at, others.get(random.nextInt(others.size())));
        default -> Collections.swap(words, at, random.nextInt(words.size()));
      }
      if (words.isEmpty()) {
        return "";
      }
    }
    return String.join(random.nextBoolean() ? " " : "\n", words);
  }

  private static String scrambledCharacters(String sql, Random random) {
    StringBuilder text = new StringBuilder(sql);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      if (random.nextInt(3) == 0) {
        text.setLength(at + 1);
      } else if (random.nextBoolean()) {
        text.deleteCharAt(at);
      } else {
        text.insert(
            at, "'\"()[],;:=<>-*/.?$@#`!|&~\\{}é\u0000\uD83D\uDE00\n".charAt(random.nextInt(32)));
      }
      if (text.isEmpty()) {
        return "";
      }
    }
    return text.toString();
  }

  private static List<String> words(String sql) {
    List<String> words = new ArrayList<>();
    for (SqlTokens.Token token : SqlTokens.of(sql)) {
      if (token.kind() != SqlTokens.Kind.END) {
        words.add(token.text());
      }
    }
    return words;
  }

  private static long seed() {
    String given = System.getProperty("quiver.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}

package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Two tables of the same columns, with few values and many nulls, so that rows meet. */
final class RandomTables {
  private static final String COLUMNS =
      " (id INT PRIMARY KEY, a INT, b BIGINT, c DOUBLE PRECISION, d DECIMAL(10, 2),"
          + " s VARCHAR, f BOOLEAN, dt DATE)";

  private RandomTables() {}

  /** Statements that make and fill them. */
  static List<String> statements(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> statements = new ArrayList<>();
    for (String table : List.of("t", "u")) {
      statements.add("CREATE TABLE " + table + COLUMNS);
      int rows = 5 + random.nextInt(20);
      for (int id = 0; id < rows; id++) {
        statements.add("INSERT INTO " + table + " VALUES (" + id + ", " + values(random) + ")");
      }
    }
    return statements;
  }

  private static String values(SplittableRandom random) {
    return String.join(
        ", ",
        pick(random, "0", "1", "2", "3", "7", "-5"),
        pick(random, "0", "1", "2", "100", "-3"),
        pick(random, "0", "0.25", "1.5", "-2", "8"),
        pick(random, "0", "0.25", "1.50", "-2.75", "9.99"),
        pick(random, "'a'", "'B'", "''", "'abc'", "'Abc'", "' x '", "'ab%c'"),
        pick(random, "TRUE", "FALSE"),
        pick(random, "DATE '2024-02-29'", "DATE '2025-01-01'", "DATE '1999-12-31'"));
  }

  private static String pick(SplittableRandom random, String... values) {
    return random.nextInt(4) == 0 ? "NULL" : values[random.nextInt(values.length)];
  }
}

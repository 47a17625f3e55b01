package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Three tables of the same columns, with few values and many nulls, so that rows meet. */
final class RandomTables {
  private static final String COLUMNS =
      " (id INT PRIMARY KEY, a INT, b BIGINT, c DOUBLE PRECISION, d DECIMAL(10, 2),"
          + " s VARCHAR, f BOOLEAN, dt DATE, ts TIMESTAMP, r REAL, tm TIME, uu UUID, bb VARBINARY)";

  private RandomTables() {}

  /** Statements that make and fill them. */
  static List<String> statements(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> statements = new ArrayList<>();
    for (String table : List.of("t", "u", "v")) {
      statements.add("CREATE TABLE " + table + COLUMNS);
      int rows = 5 + random.nextInt(20);
      List<String> all = new ArrayList<>();
      for (int id = 0; id < rows; id++) {
        all.add("(" + id + ", " + values(random) + ")");
      }
      statements.add("INSERT INTO " + table + " VALUES " + String.join(", ", all));
    }
    // Conditions on indexed columns take another way through Quiver.
    statements.add("CREATE INDEX u_a ON u (a)");
    return statements;
  }

  private static String values(SplittableRandom random) {
    return String.join(
        ", ",
        pick(random, "0", "1", "2", "3", "7", "-5"),
        pick(random, "0", "1", "2", "100", "-3"),
        pick(random, "0", "0.25", "1.5", "-2", "8"),
        pick(random, "0", "0.25", "1.50", "-2.75", "9.99"),
        pick(random, "'a'", "'B'", "''", "'abc'", "'Abc'", "' x '", "'ab%c'", "'a_c'", "'ü'"),
        pick(random, "TRUE", "FALSE"),
        pick(random, "DATE '2024-02-29'", "DATE '2025-01-01'", "DATE '1999-12-31'"),
        pick(
            random,
            "TIMESTAMP '2024-02-29 23:59:59'",
            "TIMESTAMP '2025-01-01 00:00:00'",
            "TIMESTAMP '1969-07-20 20:17:40'"),
        pick(random, "0", "0.25", "1.5", "-2"),
        pick(random, "TIME '00:00:00'", "TIME '13:14:15'", "TIME '23:59:59'"),
        pick(
            random,
            "CAST('123e4567-e89b-12d3-a456-426614174000' AS UUID)",
            "CAST('f23e4567-e89b-12d3-a456-426614174000' AS UUID)"),
        pick(random, "X'00'", "X'00ff'", "X'7f'", "X'80'", "X''"));
  }

  private static String pick(SplittableRandom random, String... values) {
    return random.nextInt(4) == 0 ? "NULL" : values[random.nextInt(values.length)];
  }
}

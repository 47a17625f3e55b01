package io.quiver.jdbc.oracle;

/** Window functions: ranks, neighbours, and aggregates over frames. */
final class RandomWindow {
  private final Dice dice;
  private final RandomCondition conditions;

  RandomWindow(Dice dice, RandomCondition conditions) {
    this.dice = dice;
    this.conditions = conditions;
  }

  RandomStatement next() {
    dice.over("t");
    String call = call();
    String second = dice.chance(30) ? ", " + call() + " AS w2" : "";
    // Over a join that gives each row of t once: u.id is a key.
    String join = dice.chance(25) ? dice.one(" JOIN", " LEFT JOIN") + " u ON t.id = u.id" : "";
    String sql = "SELECT t.id, " + call + " AS w" + second + " FROM t" + join + conditions.where();
    if (dice.chance(15)) {
      sql += " QUALIFY ROW_NUMBER() OVER (PARTITION BY t.a ORDER BY t.id) <= 2";
    }
    return RandomStatement.query(sql);
  }

  private String partition() {
    return dice.chance(60) ? "PARTITION BY " + dice.one("t.a", "t.s", "t.f", "t.a, t.f") + " " : "";
  }

  /** An order in which no two rows are equal. */
  private String strict() {
    return "ORDER BY "
        + dice.one("t.id", "t.id DESC", "t.a NULLS FIRST, t.id", "t.s DESC NULLS LAST, t.id");
  }

  private String call() {
    return switch (dice.below(13)) {
      case 0 -> "ROW_NUMBER() OVER (" + partition() + strict() + ")";
      case 1 -> "RANK() OVER (" + partition() + "ORDER BY t.a NULLS FIRST)";
      case 2 -> "DENSE_RANK() OVER (" + partition() + "ORDER BY t.s DESC NULLS LAST)";
      case 3 -> "ROUND(PERCENT_RANK() OVER (" + partition() + "ORDER BY t.a NULLS FIRST), 6)";
      case 4 -> "ROUND(CUME_DIST() OVER (" + partition() + "ORDER BY t.s NULLS FIRST), 6)";
      case 5 -> "NTILE(" + dice.one("1", "2", "3", "7") + ") OVER (" + partition() + strict() + ")";
      case 6, 7 ->
          dice.one("LAG", "LEAD")
              + dice.one(
                  "(t.a)", "(t.s)", "(t.a, 2)", "(t.a, 2, -9)", "(t.s, 1, 'none')", "(t.d, 0)")
              + dice.one("", "", " IGNORE NULLS")
              + " OVER ("
              + partition()
              + strict()
              + ")";
      case 8, 9 ->
          dice.one(
                  "FIRST_VALUE(t.b)",
                  "LAST_VALUE(t.b)",
                  "FIRST_VALUE(t.s)",
                  "LAST_VALUE(t.dt)",
                  "NTH_VALUE(t.b, 2)",
                  "NTH_VALUE(t.s, 3)")
              + " OVER ("
              + partition()
              + strict()
              + rows()
              + ")";
      case 10 ->
          aggregate()
              + " OVER ("
              + partition()
              + "ORDER BY t.id"
              + dice.one("", " DESC")
              + " RANGE BETWEEN "
              + bounds()
              + exclusion()
              + ")";
      default -> aggregate() + " OVER (" + partition() + strict() + rows() + exclusion() + ")";
    };
  }

  private String aggregate() {
    return dice.one(
        "SUM(t.a)", "COUNT(t.a)", "COUNT(*)", "MAX(t.s)", "MIN(t.d)", "AVG(t.c)", "SUM(t.d)");
  }

  private String rows() {
    return dice.chance(25) ? "" : " ROWS BETWEEN " + bounds();
  }

  private String bounds() {
    return dice.one(
        "1 PRECEDING AND CURRENT ROW",
        "UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
        "UNBOUNDED PRECEDING AND CURRENT ROW",
        "CURRENT ROW AND UNBOUNDED FOLLOWING",
        "1 PRECEDING AND 2 FOLLOWING",
        "CURRENT ROW AND 1 FOLLOWING",
        "3 PRECEDING AND 1 PRECEDING",
        "1 FOLLOWING AND 3 FOLLOWING",
        "UNBOUNDED PRECEDING AND 1 PRECEDING",
        "2 FOLLOWING AND UNBOUNDED FOLLOWING");
  }

  private String exclusion() {
    return dice.chance(75)
        ? ""
        : dice.one(" EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES", " EXCLUDE NO OTHERS");
  }
}

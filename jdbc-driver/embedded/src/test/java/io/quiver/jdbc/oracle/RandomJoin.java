package io.quiver.jdbc.oracle;

/** Joins of two and three tables, of every kind. */
final class RandomJoin {
  private final Dice dice;
  private final RandomQuery queries;
  private final RandomCondition conditions;

  RandomJoin(Dice dice, RandomQuery queries, RandomCondition conditions) {
    this.dice = dice;
    this.queries = queries;
    this.conditions = conditions;
  }

  RandomStatement next() {
    return switch (dice.below(6)) {
      case 0 -> named();
      case 1 -> lateral();
      case 2, 3 -> {
        dice.over("t", "u");
        yield joined("t", "t.id IS NULL", "u");
      }
      default -> {
        dice.over("t", "u", "v");
        String two =
            "t" + dice.one(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ") + "u ON " + tie("t", "u");
        yield joined(two, "t.id IS NULL AND u.id IS NULL", "v");
      }
    };
  }

  /** H2 has no FULL JOIN: it is asked for a LEFT JOIN, and what a RIGHT JOIN has besides. */
  private RandomStatement joined(String left, String isUnmatched, String right) {
    String kind = dice.one("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT JOIN", "CROSS");
    String before = "SELECT " + queries.list() + " FROM " + left + " ";
    if (kind.equals("CROSS")) {
      return RandomStatement.query(before + "CROSS JOIN " + right + conditions.where());
    }
    String after =
        " " + right + " ON " + tie(dice.chance(50) && right.equals("v") ? "u" : "t", right);
    String where = conditions.where();
    String sql = before + kind + after + where;
    if (!kind.equals("FULL JOIN")) {
      return RandomStatement.query(sql);
    }
    String more = where.isEmpty() ? "" : " AND (" + where.substring(" WHERE ".length()) + ")";
    return RandomStatement.inOtherWords(
        sql,
        before
            + "LEFT JOIN"
            + after
            + where
            + " UNION ALL "
            + before
            + "RIGHT JOIN"
            + after
            + " WHERE "
            + isUnmatched
            + more);
  }

  private String tie(String left, String right) {
    return dice.one(
            "$l.id = $r.a",
            "$l.a = $r.a",
            "$l.s = $r.s AND $l.a < $r.a",
            "$l.id = $r.id",
            "$l.a = $r.a AND $l.f",
            "$l.dt = $r.dt AND $r.b > 0",
            "$l.d < $r.d",
            "$l.a = $r.a OR $l.s = $r.s",
            "$l.a IS NOT DISTINCT FROM $r.a AND $l.id < 5",
            "$l.b = $r.a AND $l.ts = $r.ts")
        .replace("$l", left)
        .replace("$r", right);
  }

  /**
   * USING and NATURAL: columns of the same name are one, that of the kept side. H2 takes them for
   * two, and is asked for that one.
   */
  private RandomStatement named() {
    String kind = dice.one("", "LEFT ", "RIGHT ") + "JOIN ";
    String kept = kind.startsWith("RIGHT") ? "r." : "l.";
    String left = " FROM (SELECT id, a, s FROM t) AS l ";
    return switch (dice.below(3)) {
      case 0 -> {
        String right = "(SELECT id, b FROM u) AS r";
        yield RandomStatement.inOtherWords(
            "SELECT id, l.a, r.b" + left + kind + right + " USING (id)",
            "SELECT " + kept + "id, l.a, r.b" + left + kind + right + " ON l.id = r.id");
      }
      case 1 -> {
        String right = "(SELECT a, s, id AS n FROM u) AS r";
        yield RandomStatement.inOtherWords(
            "SELECT a, s, l.id, r.n" + left + kind + right + " USING (a, s)",
            "SELECT $a, $s, l.id, r.n".replace("$", kept)
                + left
                + kind
                + right
                + " ON l.a = r.a AND l.s = r.s");
      }
      default -> {
        String right = "(SELECT a, b FROM u) AS r";
        yield RandomStatement.inOtherWords(
            "SELECT *" + left + "NATURAL " + kind + right,
            "SELECT " + kept + "a, l.id, l.s, r.b" + left + kind + right + " ON l.a = r.a");
      }
    };
  }

  /** A sub-query of FROM that reads the row to its left, which H2 is asked as a value. */
  private RandomStatement lateral() {
    dice.over("t");
    String tie = dice.one("x.a = t.a", "x.s = t.s", "x.b < t.b", "x.a = t.a AND x.id > t.id");
    String call = dice.one("COUNT(*)", "MAX(x.b)", "SUM(x.a)", "MIN(x.s)");
    String where = conditions.where();
    return RandomStatement.inOtherWords(
        "SELECT t.id, l.n FROM t"
            + dice.one(" CROSS JOIN LATERAL ", ", LATERAL ")
            + "(SELECT "
            + call
            + " AS n FROM u AS x WHERE "
            + tie
            + ") AS l"
            + where,
        "SELECT t.id, (SELECT " + call + " FROM u AS x WHERE " + tie + ") AS n FROM t" + where);
  }
}

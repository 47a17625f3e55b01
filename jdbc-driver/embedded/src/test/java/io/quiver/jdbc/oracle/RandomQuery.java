package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * Random statements over the tables {@code t}, {@code u} and {@code v}, of SQL that any database
 * should answer alike.
 */
final class RandomQuery {
  private final Dice dice;
  private final RandomExpression values;
  private final RandomCondition conditions;
  private final RandomJoin joins;
  private final RandomAggregate aggregates;
  private final RandomWindow windows;
  private final RandomSet sets;
  private final RandomChange changes;

  RandomQuery(long seed) {
    dice = new Dice(seed);
    values = new RandomExpression(dice);
    conditions = values.conditions();
    joins = new RandomJoin(dice, this, conditions);
    aggregates = new RandomAggregate(dice, values);
    windows = new RandomWindow(dice, conditions);
    sets = new RandomSet(dice, values);
    changes = new RandomChange(dice, values);
  }

  RandomStatement next() {
    return switch (dice.below(16)) {
      case 0, 1, 2 -> RandomStatement.query(select());
      case 3, 4, 5 -> joins.next();
      case 6, 7, 8 -> aggregates.next();
      case 9, 10 -> windows.next();
      case 11 -> sets.next();
      case 12 -> firstRows();
      case 13, 14 -> changes.next();
      default -> RandomStatement.query(derived());
    };
  }

  /** Columns to select, called c0, c1 and so on. */
  String list() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i <= dice.below(3); i++) {
      parts.add(values.of(Kind.any(dice), 2) + " AS c" + i);
    }
    return String.join(", ", parts);
  }

  private String select() {
    dice.over("t");
    return "SELECT "
        + (dice.chance(20) ? "DISTINCT " : "")
        + list()
        + " FROM t"
        + conditions.where();
  }

  /** The first rows, or some after them, of an order that leaves no two rows equal. */
  private RandomStatement firstRows() {
    boolean joined = dice.chance(30);
    dice.over(joined ? new String[] {"t", "u"} : new String[] {"t"});
    String from = joined ? " FROM t LEFT JOIN u ON t.a = u.a" : " FROM t";
    String list = list();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i <= dice.below(2); i++) {
      keys.add(
          (dice.chance(30) ? "c0" : values.of(Kind.any(dice), dice.below(2)))
              + dice.one("", " ASC", " DESC")
              + dice.one(" NULLS FIRST", " NULLS LAST"));
    }
    // A number alone is the place of a column, and H2 wants no order by constants.
    keys.removeIf(key -> !key.startsWith("c0") && !key.contains("."));
    keys.add("t.id" + dice.one("", " DESC"));
    if (joined) {
      keys.add("u.id NULLS FIRST");
    }
    String some =
        dice.one(
            "",
            " LIMIT 3",
            " LIMIT 5 OFFSET 2",
            " OFFSET 3",
            " LIMIT 0",
            " OFFSET 1 ROWS FETCH NEXT 4 ROWS ONLY",
            " FETCH FIRST 1 ROW ONLY");
    return RandomStatement.ordered(
        "SELECT "
            + list
            + from
            + conditions.where()
            + " ORDER BY "
            + String.join(", ", keys)
            + some);
  }

  /** Over a sub-query, a common table expression, or two of them, or VALUES. */
  private String derived() {
    dice.over("q");
    String outer = "SELECT q.id, q.a, " + list() + " FROM q" + conditions.where();
    return switch (dice.below(4)) {
      case 0 -> "WITH q AS (SELECT * FROM t WHERE t.a IS NOT NULL) " + outer;
      case 1 ->
          "WITH p AS (SELECT * FROM t WHERE t.id > 2), q AS (SELECT p.id, u.a, u.b, p.c, p.d, u.s,"
              + " p.f, p.dt, u.ts FROM p JOIN u ON p.id = u.id) "
              + outer;
      case 2 ->
          "SELECT z.n, z.w, t.id FROM (VALUES (1, 'a'), (2, NULL), (NULL, 'abc'), (7, 'B')) AS z"
              + " (n, w)"
              + dice.one(" JOIN", " LEFT JOIN", " RIGHT JOIN")
              + " t ON "
              + dice.one("t.a = z.n", "t.s = z.w", "t.a >= z.n AND t.s = z.w");
      default ->
          outer.replace(
              " FROM q",
              " FROM (SELECT id, a, b, c, d, s, f, dt, ts FROM u WHERE u.f IS NOT TRUE) AS q");
    };
  }
}

package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Random queries over the tables {@code t} and {@code u}, of SQL that any database should answer
 * alike: types, nulls, three-valued logic, joins, aggregates, windows, sets, sub-queries.
 */
final class RandomQuery {
  /** What an expression gives. */
  private enum Type {
    INT,
    DOUBLE,
    DECIMAL,
    TEXT,
    BOOLEAN,
    DATE
  }

  private final SplittableRandom random;

  /** Names of the tables in scope, by which columns are qualified. */
  private final List<String> scope = new ArrayList<>();

  RandomQuery(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * A query whose rows come in no order that counts.
   *
   * @param forH2 the same for H2, which has no FULL JOIN
   */
  record Query(String sql, String forH2) {
    Query(String sql) {
      this(sql, sql);
    }
  }

  Query next() {
    scope.clear();
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Query(select());
      case 3, 4 -> join();
      case 5, 6 -> new Query(aggregate());
      case 7 -> new Query(window());
      case 8 -> new Query(set());
      default -> new Query(subQuery());
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private Type type() {
    return Type.values()[random.nextInt(Type.values().length)];
  }

  private String list() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      parts.add(expression(type(), 2) + " AS c" + i);
    }
    return String.join(", ", parts);
  }

  private String where() {
    return chance(80) ? " WHERE " + condition(3) : "";
  }

  private String select() {
    scope.add("t");
    return "SELECT " + (chance(20) ? "DISTINCT " : "") + list() + " FROM t" + where();
  }

  private Query join() {
    scope.add("t");
    scope.add("u");
    String on = one("t.id = u.a", "t.a = u.a", "t.s = u.s AND t.a < u.a", "t.id = u.id");
    String kind = one("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT JOIN");
    String before = "SELECT " + list() + " FROM t ";
    String after = " u ON " + on;
    String where = where();
    String sql = before + kind + after + where;
    if (!kind.equals("FULL JOIN")) {
      return new Query(sql);
    }
    String unmatched = where.isEmpty() ? "" : " AND (" + where.substring(" WHERE ".length()) + ")";
    return new Query(
        sql,
        before
            + "LEFT JOIN"
            + after
            + where
            + " UNION ALL "
            + before
            + "RIGHT JOIN"
            + after
            + " WHERE t.id IS NULL"
            + unmatched);
  }

  private String aggregate() {
    scope.add("t");
    List<String> keys =
        random
            .ints(random.nextInt(3), 0, 4)
            .mapToObj(i -> List.of("t.a", "t.s", "t.f", "t.dt").get(i))
            .distinct()
            .collect(Collectors.toList());
    List<String> parts = new ArrayList<>(keys);
    for (int i = 0; i <= random.nextInt(3); i++) {
      parts.add(aggregateCall());
    }
    String having = chance(30) ? " HAVING " + aggregateCount() + one(" > 1", " <= 3", " <> 2") : "";
    return "SELECT "
        + String.join(", ", parts)
        + " FROM t"
        + where()
        + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys))
        + having;
  }

  private String aggregateCount() {
    return one("COUNT(*)", "COUNT(t.a)", "COUNT(DISTINCT t.s)");
  }

  private String aggregateCall() {
    String call =
        switch (random.nextInt(6)) {
          case 0 -> aggregateCount();
          case 1 -> "SUM(" + expression(one2(Type.INT, Type.DECIMAL), 1) + ")";
          case 2 -> "MIN(" + expression(notBoolean(), 1) + ")";
          case 3 -> "MAX(" + expression(notBoolean(), 1) + ")";
          case 4 -> "AVG(t.c)";
          default -> "COUNT(DISTINCT " + expression(notBoolean(), 1) + ")";
        };
    return chance(15) ? call + " FILTER (WHERE " + condition(1) + ")" : call;
  }

  private Type one2(Type left, Type right) {
    return chance(50) ? left : right;
  }

  private Type notBoolean() {
    Type type = type();
    return type == Type.BOOLEAN ? Type.TEXT : type;
  }

  private String window() {
    scope.add("t");
    String partition = chance(60) ? "PARTITION BY " + one("t.a", "t.s", "t.f") + " " : "";
    String order = "ORDER BY t.id";
    String frame =
        one(
            "",
            " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
            " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING");
    String call =
        switch (random.nextInt(11)) {
          case 0 -> "ROW_NUMBER() OVER (" + partition + order + ")";
          case 6 -> "LEAD(t.s) OVER (" + partition + order + ")";
          case 7 -> "FIRST_VALUE(t.b) OVER (" + partition + order + ")";
          case 8 -> "ROUND(PERCENT_RANK() OVER (" + partition + "ORDER BY t.a NULLS FIRST), 6)";
          case 9 -> "ROUND(CUME_DIST() OVER (" + partition + "ORDER BY t.s NULLS FIRST), 6)";
          case 10 -> "MAX(t.s) OVER (" + partition + order + frame + ")";
          case 1 -> "RANK() OVER (" + partition + "ORDER BY t.a NULLS FIRST)";
          case 2 -> "DENSE_RANK() OVER (" + partition + "ORDER BY t.s DESC NULLS LAST)";
          case 3 -> "LAG(t.a) OVER (" + partition + order + ")";
          case 4 -> "COUNT(t.a) OVER (" + partition + order + frame + ")";
          default -> "SUM(t.a) OVER (" + partition + order + frame + ")";
        };
    if (chance(30)) {
      // Over a join that gives each row of t once: u.id is a key.
      String kind = one(" JOIN", " LEFT JOIN");
      return "SELECT t.id, " + call + " AS w FROM t" + kind + " u ON t.id = u.id" + where();
    }
    return "SELECT t.id, " + call + " AS w FROM t" + where();
  }

  private String set() {
    Type type = notBoolean();
    scope.add("t");
    String left = "SELECT " + expression(type, 1) + " AS x FROM t" + where();
    scope.set(0, "u");
    String right = "SELECT " + expression(type, 1) + " AS x FROM u" + where();
    return left + one(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ") + right;
  }

  private String subQuery() {
    scope.add("q");
    String outer = "SELECT q.id, q.a, q.s FROM q" + where();
    return chance(50)
        ? "WITH q AS (SELECT * FROM t WHERE t.a IS NOT NULL) " + outer
        : outer.replace(
            " FROM q", " FROM (SELECT id, a, b, c, d, s, f, dt FROM u WHERE u.f IS NOT TRUE) AS q");
  }

  private String column(String name) {
    return scope.get(random.nextInt(scope.size())) + "." + name;
  }

  private String expression(Type type, int depth) {
    if (depth == 0 || chance(30)) {
      return chance(70) ? column(type) : literal(type);
    }
    if (chance(15)) {
      return "CASE WHEN "
          + condition(depth - 1)
          + " THEN "
          + expression(type, depth - 1)
          + (chance(70) ? " ELSE " + expression(type, depth - 1) : "")
          + " END";
    }
    if (chance(12)) {
      return "COALESCE(" + expression(type, depth - 1) + ", " + expression(type, depth - 1) + ")";
    }
    return switch (type) {
      case INT -> integer(depth - 1);
      case DOUBLE, DECIMAL ->
          "(" + expression(type, depth - 1) + one(" + ", " - ") + expression(type, depth - 1) + ")";
      case TEXT -> text(depth - 1);
      case BOOLEAN -> "(" + condition(depth) + ")";
      case DATE -> "NULLIF(" + column(type) + ", " + literal(type) + ")";
    };
  }

  private String integer(int depth) {
    return switch (random.nextInt(8)) {
      case 7 ->
          "(SELECT "
              + one("COUNT(*)", "COUNT(x.b)", "MAX(x.a)", "SUM(x.a)")
              + " FROM u AS x WHERE "
              + tie()
              + ")";
      case 0 -> "ABS(" + expression(Type.INT, depth) + ")";
      case 1 -> "CHAR_LENGTH(" + expression(Type.TEXT, depth) + ")";
      case 2 -> "NULLIF(" + expression(Type.INT, depth) + ", " + literal(Type.INT) + ")";
      case 3 -> "(" + expression(Type.INT, depth) + " / NULLIF(" + literal(Type.INT) + ", 0))";
      case 4 -> "MOD(" + expression(Type.INT, depth) + ", 3)";
      default ->
          "("
              + expression(Type.INT, depth)
              + one(" + ", " - ", " * ")
              + expression(Type.INT, depth)
              + ")";
    };
  }

  /** A condition by a sub-query that reads the outer row. */
  private String correlated() {
    return switch (random.nextInt(5)) {
      case 0 -> one("EXISTS ", "NOT EXISTS ") + "(SELECT 1 FROM u AS x WHERE " + tie() + ")";
      case 1 ->
          column("a") + one(" IN ", " NOT IN ") + "(SELECT x.a FROM u AS x WHERE " + tie() + ")";
      case 2 ->
          "(COALESCE("
              + column("a")
              + ", 1), COALESCE("
              + column("s")
              + ", 'a')) IN (SELECT x.a, x.s FROM u AS x WHERE x.a IS NOT NULL AND x.s IS NOT"
              + " NULL)";
      case 3 ->
          "EXISTS (SELECT 1 FROM u AS x JOIN t AS y ON y.a = x.a WHERE " + tie() + " AND y.id < 9)";
      default ->
          column("a")
              + one(" = ", " > ", " <= ")
              + "(SELECT MIN(x.a) FROM u AS x WHERE "
              + tie()
              + ")";
    };
  }

  /** What ties rows {@code x} of a sub-query to the outer row. */
  private String tie() {
    return switch (random.nextInt(6)) {
      case 0 -> "x.a = " + column("a");
      case 1 -> "x.s = " + column("s") + " AND x.id < 9";
      case 2 -> "x.a = " + column("a") + " AND x.b < " + column("b");
      case 3 -> "x.a IS NOT DISTINCT FROM " + column("a");
      case 4 -> "x.id = " + column("a") + " AND (x.f OR x.d > " + column("d") + ")";
      default -> "x.b <= " + column("b");
    };
  }

  private String text(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "UPPER(" + expression(Type.TEXT, depth) + ")";
      case 1 -> "LOWER(" + expression(Type.TEXT, depth) + ")";
      case 2 -> "SUBSTRING(" + expression(Type.TEXT, depth) + " FROM 2 FOR 2)";
      case 3 -> "TRIM(" + expression(Type.TEXT, depth) + ")";
      case 4 -> "CAST(" + expression(Type.INT, depth) + " AS VARCHAR)";
      default -> "(" + expression(Type.TEXT, depth) + " || " + expression(Type.TEXT, depth) + ")";
    };
  }

  private String column(Type type) {
    return column(
        switch (type) {
          case INT -> one("id", "a", "a", "b");
          case DOUBLE -> "c";
          case DECIMAL -> "d";
          case TEXT -> "s";
          case BOOLEAN -> "f";
          case DATE -> "dt";
        });
  }

  private String literal(Type type) {
    return switch (type) {
      case INT -> one("0", "1", "2", "3", "-1", "7");
      case DOUBLE -> "CAST(" + one("0.25", "1.5", "-2", "0") + " AS DOUBLE PRECISION)";
      case DECIMAL -> "CAST(" + one("0.25", "1.50", "-2", "0") + " AS DECIMAL(10, 2))";
      case TEXT -> one("'a'", "'B'", "''", "'abc'", "'%'", "' x'");
      case BOOLEAN -> one("TRUE", "FALSE");
      case DATE -> one("DATE '2024-02-29'", "DATE '2025-01-01'");
    };
  }

  private String condition(int depth) {
    if (depth > 0 && chance(45)) {
      return switch (random.nextInt(4)) {
        case 0 -> "NOT (" + condition(depth - 1) + ")";
        case 1 ->
            "(" + condition(depth - 1) + ") IS " + one("TRUE", "NOT TRUE", "FALSE", "UNKNOWN");
        case 2 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
        default -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
      };
    }
    int below = Math.max(0, Math.min(1, depth - 1));
    Type type = notBoolean();
    return switch (random.nextInt(10)) {
      case 0 -> column(type()) + one(" IS NULL", " IS NOT NULL");
      case 1 ->
          expression(type, below)
              + one(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")
              + expression(type, below);
      case 2 ->
          expression(Type.INT, below)
              + one(" IN ", " NOT IN ")
              + one("(1, 2, 3)", "(0, NULL)", "(7)");
      case 3 ->
          expression(type, below)
              + one(" BETWEEN ", " NOT BETWEEN ")
              + literal(type)
              + " AND "
              + expression(type, below);
      case 4 -> column("s") + one(" LIKE ", " NOT LIKE ") + one("'a%'", "'%b%'", "'_'", "'A_c'");
      case 5 ->
          chance(50)
              ? "EXISTS (SELECT 1 FROM u AS x WHERE x.a = " + column("a") + ")"
              : column("a") + one(" IN ", " NOT IN ") + "(SELECT x.a FROM u AS x WHERE x.id < 6)";
      case 6 -> chance(50) ? column("f") : correlated();
      default ->
          expression(type, below)
              + one(" = ", " <> ", " < ", " <= ", " > ", " >= ")
              + expression(type, below);
    };
  }
}

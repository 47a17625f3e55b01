package io.quiver.jdbc.oracle;

/** Random conditions over the tables in scope, of three-valued logic and of sub-queries. */
final class RandomCondition {
  private final Dice dice;
  private final RandomExpression values;

  RandomCondition(Dice dice, RandomExpression values) {
    this.dice = dice;
    this.values = values;
  }

  /** " WHERE ...", or nothing. */
  String where() {
    return dice.chance(80) ? " WHERE " + of(3) : "";
  }

  String of(int depth) {
    if (depth > 0 && dice.chance(45)) {
      return switch (dice.below(4)) {
        case 0 -> "NOT (" + of(depth - 1) + ")";
        case 1 -> "(" + of(depth - 1) + ") IS " + dice.one("TRUE", "NOT TRUE", "FALSE", "UNKNOWN");
        case 2 -> "(" + of(depth - 1) + " OR " + of(depth - 1) + ")";
        default -> "(" + of(depth - 1) + " AND " + of(depth - 1) + ")";
      };
    }
    int below = Math.max(0, Math.min(1, depth - 1));
    Kind kind = Kind.ordered(dice);
    return switch (dice.below(10)) {
      case 0 -> Kind.any(dice).column(dice) + dice.one(" IS NULL", " IS NOT NULL");
      case 1 ->
          values.of(kind, below)
              + dice.one(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")
              + values.of(kind, below);
      case 2 -> list(kind, below);
      case 3 ->
          values.of(kind, below)
              + dice.one(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC ")
              + kind.literal(dice)
              + " AND "
              + values.of(kind, below);
      case 4 ->
          values.of(Kind.TEXT, below)
              + dice.one(" LIKE ", " NOT LIKE ")
              + dice.one(
                  "'a%'", "'%b%'", "'_'", "'A_c'", "'%!%%' ESCAPE '!'", "'a#_c' ESCAPE '#'", "''");
      case 5 -> dice.chance(50) ? uncorrelated() : quantified();
      case 6 -> dice.chance(50) ? dice.column("f") : correlated();
      default ->
          values.of(kind, below)
              + dice.one(" = ", " <> ", " < ", " <= ", " > ", " >= ")
              + values.of(kind, below);
    };
  }

  private String list(Kind kind, int depth) {
    if (dice.chance(40)) {
      return values.of(Kind.INT, depth)
          + dice.one(" IN ", " NOT IN ")
          + dice.one("(1, 2, 3)", "(0, NULL)", "(7)");
    }
    return values.of(kind, depth)
        + dice.one(" IN (", " NOT IN (")
        + kind.literal(dice)
        + ", "
        + (dice.chance(25) ? "NULL" : values.of(kind, 0))
        + ")";
  }

  private String uncorrelated() {
    return dice.chance(50)
        ? "EXISTS (SELECT 1 FROM u AS x WHERE x.a = " + dice.column("a") + ")"
        : dice.column("a")
            + dice.one(" IN ", " NOT IN ")
            + "(SELECT x.a FROM u AS x WHERE x.id < 6)";
  }

  /** ANY, SOME and ALL over values that may be null, or over none. */
  private String quantified() {
    Kind kind = dice.chance(50) ? Kind.INT : Kind.TEXT;
    String column = kind == Kind.INT ? "a" : "s";
    return values.of(kind, 1)
        + dice.one(" = ", " <> ", " < ", " >= ")
        + dice.one("ANY", "ALL", "SOME")
        + " (SELECT x."
        + column
        + " FROM u AS x WHERE "
        + (dice.chance(50)
            ? tie()
            : dice.one("x.id < 3", "x.id < 0", "x.a IS NOT NULL AND x.s IS NOT NULL"))
        + ")";
  }

  /** A condition by a sub-query that reads the outer row. */
  private String correlated() {
    return switch (dice.below(6)) {
      case 0 -> dice.one("EXISTS ", "NOT EXISTS ") + "(SELECT 1 FROM u AS x WHERE " + tie() + ")";
      case 1 ->
          dice.column("a")
              + dice.one(" IN ", " NOT IN ")
              + "(SELECT x.a FROM u AS x WHERE "
              + tie()
              + ")";
      case 2 ->
          "(COALESCE("
              + dice.column("a")
              + ", 1), COALESCE("
              + dice.column("s")
              + ", 'a')) IN (SELECT x.a, x.s FROM u AS x WHERE x.a IS NOT NULL AND x.s IS NOT"
              + " NULL)";
      case 3 ->
          "EXISTS (SELECT 1 FROM u AS x JOIN t AS y ON y.a = x.a WHERE " + tie() + " AND y.id < 9)";
      case 4 ->
          "EXISTS (SELECT x.a FROM u AS x WHERE "
              + tie()
              + " GROUP BY x.a HAVING COUNT(*) "
              + dice.one("> 1", "= 1")
              + ")";
      default ->
          dice.column("a")
              + dice.one(" = ", " > ", " <= ")
              + "(SELECT MIN(x.a) FROM u AS x WHERE "
              + tie()
              + ")";
    };
  }

  /** A number made by a sub-query that reads the outer row. */
  String scalarSubQuery() {
    return "(SELECT "
        + (dice.chance(70)
            ? dice.one("COUNT(*)", "COUNT(x.b)", "MAX(x.a)", "SUM(x.a)", "COUNT(DISTINCT x.a)")
                + " FROM u AS x WHERE "
                + tie()
            : "x.a FROM u AS x WHERE "
                + tie()
                + " ORDER BY x.id"
                + dice.one("", " DESC")
                + " LIMIT 1"
                + dice.one("", " OFFSET 1"))
        + ")";
  }

  /** What ties rows {@code x} of a sub-query to the outer row. */
  private String tie() {
    return switch (dice.below(7)) {
      case 0 -> "x.a = " + dice.column("a");
      case 1 -> "x.s = " + dice.column("s") + " AND x.id < 9";
      case 2 -> "x.a = " + dice.column("a") + " AND x.b < " + dice.column("b");
      case 3 -> "x.a IS NOT DISTINCT FROM " + dice.column("a");
      case 4 -> "x.id = " + dice.column("a") + " AND (x.f OR x.d > " + dice.column("d") + ")";
      case 5 -> "x.dt = " + dice.column("dt") + " AND x.ts <= " + dice.column("ts");
      default -> "x.b <= " + dice.column("b");
    };
  }
}

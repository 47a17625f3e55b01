package io.quiver.jdbc.oracle;

/** UNION, INTERSECT and EXCEPT, of different rows and of all. */
final class RandomSet {
  private final Dice dice;
  private final RandomExpression values;

  RandomSet(Dice dice, RandomExpression values) {
    this.dice = dice;
    this.values = values;
  }

  RandomStatement next() {
    Kind kind = Kind.ordered(dice);
    String left = select(kind, "t");
    String right = select(kind, "u");
    String operator = dice.one(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " ALL ");
    if (operator.equals(" ALL ")) {
      operator = dice.one(" INTERSECT", " EXCEPT");
      return RandomStatement.inOtherWords(
          left + operator + " ALL " + right,
          "SELECT x FROM (" + numbered(left) + operator + " " + numbered(right) + ") AS z");
    }
    return RandomStatement.query(
        dice.chance(25)
            ? "("
                + left
                + operator
                + right
                + ")"
                + dice.one(" UNION ", " UNION ALL ")
                + select(kind, "v")
            : left + operator + right);
  }

  private String select(Kind kind, String table) {
    dice.over(table);
    return "SELECT " + values.of(kind, 1) + " AS x FROM " + table + values.conditions().where();
  }

  /** H2 has no ALL of these: equal rows are told apart by a number. */
  private static String numbered(String query) {
    return "SELECT x, ROW_NUMBER() OVER (PARTITION BY x ORDER BY x) AS n FROM (" + query + ") AS y";
  }
}

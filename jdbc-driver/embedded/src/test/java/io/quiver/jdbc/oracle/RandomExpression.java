package io.quiver.jdbc.oracle;

/** Random expressions over the tables in scope, of functions that databases agree on. */
final class RandomExpression {
  private final Dice dice;
  private final RandomCondition conditions;

  RandomExpression(Dice dice) {
    this.dice = dice;
    this.conditions = new RandomCondition(dice, this);
  }

  RandomCondition conditions() {
    return conditions;
  }

  String of(Kind kind, int depth) {
    if (depth <= 0 || dice.chance(25)) {
      return dice.chance(70) ? kind.column(dice) : kind.literal(dice);
    }
    if (dice.chance(12)) {
      return choice(kind, depth - 1);
    }
    if (dice.chance(15) && isCastTo(kind)) {
      return cast(kind, depth - 1);
    }
    return switch (kind) {
      case INT -> integer(depth - 1);
      case DOUBLE -> real(depth - 1);
      case DECIMAL -> decimal(depth - 1);
      case TEXT -> text(depth - 1);
      case BOOLEAN -> "(" + conditions.of(depth) + ")";
      case DATE -> date(depth - 1);
      case TIMESTAMP -> timestamp(depth - 1);
      case REAL, TIME, UUID, BYTES -> choice(kind, depth - 1);
    };
  }

  /** CASE in both forms, COALESCE, NULLIF. */
  private String choice(Kind kind, int depth) {
    return switch (dice.below(5)) {
      case 0, 1 ->
          "CASE WHEN "
              + conditions.of(depth)
              + " THEN "
              + of(kind, depth)
              + (dice.chance(30)
                  ? " WHEN " + conditions.of(depth) + " THEN " + of(kind, depth)
                  : "")
              + (dice.chance(70) ? " ELSE " + of(kind, depth) : "")
              + " END";
      case 2 ->
          "CASE "
              + of(Kind.INT, depth)
              + " WHEN 1 THEN "
              + of(kind, depth)
              + " WHEN 2 THEN "
              + of(kind, depth)
              + " ELSE "
              + of(kind, depth)
              + " END";
      case 3 -> "NULLIF(" + of(kind, depth) + ", " + kind.literal(dice) + ")";
      default ->
          "COALESCE("
              + of(kind, depth)
              + ", "
              + (dice.chance(30) ? of(kind, depth) + ", " : "")
              + of(kind, depth)
              + ")";
    };
  }

  private static boolean isCastTo(Kind kind) {
    return switch (kind) {
      case REAL, TIME, UUID, BYTES -> false;
      default -> true;
    };
  }

  /** From every kind that has a meaning as this one, which must not fail. */
  private String cast(Kind kind, int depth) {
    String from =
        switch (kind) {
          case INT ->
              switch (dice.below(4)) {
                case 0 -> of(Kind.DECIMAL, depth);
                case 1 -> Kind.BOOLEAN.column(dice);
                case 2 -> "CAST(" + of(Kind.INT, depth) + " AS VARCHAR)";
                default -> "CAST(" + of(Kind.INT, 0) + " AS " + dice.one("SMALLINT)", "BIGINT)");
              };
          case DOUBLE ->
              switch (dice.below(3)) {
                case 0 -> of(Kind.INT, depth);
                case 1 -> "CAST(" + Kind.DECIMAL.column(dice) + " AS VARCHAR)";
                default -> of(Kind.DECIMAL, depth);
              };
          case DECIMAL ->
              switch (dice.below(3)) {
                case 0 -> of(Kind.INT, depth);
                case 1 -> "CAST(" + Kind.DECIMAL.column(dice) + " AS VARCHAR)";
                default -> Kind.DOUBLE.column(dice);
              };
          case TEXT ->
              of(
                  switch (dice.below(3)) {
                    case 0 -> Kind.INT;
                    case 1 -> Kind.DATE;
                    default -> Kind.TIMESTAMP;
                  },
                  depth);
          case BOOLEAN ->
              dice.chance(50)
                  ? of(Kind.INT, depth)
                  : "CASE WHEN " + conditions.of(depth) + " THEN 'true' ELSE 'f' END";
          case DATE ->
              dice.chance(50)
                  ? of(Kind.TIMESTAMP, depth)
                  : "CAST(" + of(Kind.DATE, depth) + " AS VARCHAR)";
          case TIMESTAMP ->
              dice.chance(50)
                  ? of(Kind.DATE, depth)
                  : "CAST(" + of(Kind.TIMESTAMP, depth) + " AS VARCHAR)";
          case REAL, TIME, UUID, BYTES -> throw new IllegalArgumentException(kind.sql);
        };
    return "CAST(" + from + " AS " + kind.sql + ")";
  }

  private String integer(int depth) {
    return switch (dice.below(13)) {
      case 0 -> "ABS(" + of(Kind.INT, depth) + ")";
      case 1 -> dice.one("CHAR_LENGTH(", "OCTET_LENGTH(") + of(Kind.TEXT, depth) + ")";
      case 2 -> "POSITION(" + dice.one("'a'", "'c'", "'B'") + " IN " + of(Kind.TEXT, depth) + ")";
      case 3 -> "(" + of(Kind.INT, depth) + " / NULLIF(" + Kind.INT.literal(dice) + ", 0))";
      case 4 -> "MOD(" + of(Kind.INT, depth) + ", 3)";
      case 5 -> conditions.scalarSubQuery();
      case 6 ->
          "EXTRACT("
              + dice.one("YEAR", "MONTH", "DAY", "DOY", "QUARTER")
              + " FROM "
              + of(dice.chance(50) ? Kind.DATE : Kind.TIMESTAMP, depth)
              + ")";
      case 7 ->
          "EXTRACT("
              + dice.one("HOUR", "MINUTE", "SECOND")
              + " FROM "
              + of(Kind.TIMESTAMP, depth)
              + ")";
      case 8 -> "SIGN(" + of(Kind.INT, depth) + ")";
      case 9 -> "ASCII(" + of(Kind.TEXT, depth) + " || 'z')";
      default ->
          "(" + of(Kind.INT, depth) + dice.one(" + ", " - ", " * ") + of(Kind.INT, depth) + ")";
    };
  }

  private String real(int depth) {
    return switch (dice.below(6)) {
      case 0 -> "SQRT(ABS(" + of(Kind.DOUBLE, depth) + "))";
      case 1 -> dice.one("FLOOR(", "CEIL(", "ABS(") + of(Kind.DOUBLE, depth) + ")";
      case 2 -> "POWER(" + of(Kind.DOUBLE, 0) + ", 2)";
      case 3 -> "(" + of(Kind.DOUBLE, depth) + " / CAST(4 AS DOUBLE PRECISION))";
      default ->
          "("
              + of(Kind.DOUBLE, depth)
              + dice.one(" + ", " - ", " * ")
              + of(Kind.DOUBLE, depth)
              + ")";
    };
  }

  private String decimal(int depth) {
    return switch (dice.below(8)) {
      case 0 -> "ROUND(" + of(Kind.DECIMAL, depth) + ", 1)";
      case 1 -> dice.one("FLOOR(", "CEIL(", "ABS(") + of(Kind.DECIMAL, depth) + ")";
      case 2 -> "(" + of(Kind.DECIMAL, 0) + " * " + of(Kind.DECIMAL, 0) + ")";
      case 3 -> "(" + of(Kind.DECIMAL, depth) + dice.one(" + ", " * ") + of(Kind.INT, 0) + ")";
      case 4 -> "CAST(" + of(Kind.DECIMAL, 0) + " / 4 AS DECIMAL(10, 3))";
      case 5 -> "MOD(" + of(Kind.DECIMAL, 0) + ", CAST(2 AS DECIMAL(10, 2)))";
      default ->
          "(" + of(Kind.DECIMAL, depth) + dice.one(" + ", " - ") + of(Kind.DECIMAL, depth) + ")";
    };
  }

  private String text(int depth) {
    String part = of(Kind.TEXT, depth);
    return switch (dice.below(14)) {
      case 9 ->
          dice.one("LPAD(", "RPAD(")
              + part
              + ", "
              + dice.one("0", "2", "5")
              + dice.one(", '*')", ")");
      case 10 -> "BTRIM(" + part + ", 'a')";
      case 0 -> dice.one("UPPER(", "LOWER(") + part + ")";
      case 1 -> "REPLACE(" + part + ", " + dice.one("'a'", "'b'") + ", " + of(Kind.TEXT, 0) + ")";
      case 2 -> "SUBSTRING(" + part + " FROM " + dice.one("1", "2", "3") + dice.one(" FOR 2)", ")");
      case 3 -> "TRIM(" + part + ")";
      case 4 -> "TRIM(" + dice.one("LEADING", "TRAILING", "BOTH") + " 'a' FROM " + part + ")";
      case 5 -> dice.one("LEFT(", "RIGHT(") + part + ", " + dice.one("0", "1", "2") + ")";
      case 6 -> "REPEAT(" + part + ", 2)";
      case 7 -> dice.one("LTRIM(", "RTRIM(") + part + ")";
      case 8 -> "CONCAT(" + part + ", " + of(Kind.TEXT, depth) + ")";
      default -> "(" + part + " || " + of(Kind.TEXT, depth) + ")";
    };
  }

  private String date(int depth) {
    return switch (dice.below(3)) {
      case 0 -> "CAST(" + of(Kind.TIMESTAMP, depth) + " AS DATE)";
      case 1 ->
          "("
              + of(Kind.DATE, depth)
              + dice.one(" + ", " - ")
              + "INTERVAL "
              + dice.one("'1' DAY", "'1' MONTH", "'2' YEAR", "'40' DAY")
              + ")";
      default -> "NULLIF(" + of(Kind.DATE, depth) + ", " + Kind.DATE.literal(dice) + ")";
    };
  }

  private String timestamp(int depth) {
    return "("
        + of(Kind.TIMESTAMP, depth)
        + dice.one(" + ", " - ")
        + "INTERVAL "
        + dice.one("'1' DAY", "'1' MONTH", "'25' HOUR", "'90' MINUTE", "'1' SECOND", "'1' YEAR")
        + ")";
  }
}

package io.quiver.jdbc.oracle;

/** What an expression gives. */
enum Kind {
  INT("INTEGER"),
  DOUBLE("DOUBLE PRECISION"),
  DECIMAL("DECIMAL(10, 2)"),
  TEXT("VARCHAR"),
  BOOLEAN("BOOLEAN"),
  DATE("DATE"),
  TIMESTAMP("TIMESTAMP"),
  REAL("REAL"),
  TIME("TIME"),
  UUID("UUID"),
  BYTES("VARBINARY");

  final String sql;

  Kind(String sql) {
    this.sql = sql;
  }

  static Kind any(Dice dice) {
    return values()[dice.below(values().length)];
  }

  /** One whose values have an order that everybody agrees on. */
  static Kind ordered(Dice dice) {
    Kind kind = any(dice);
    return kind == BOOLEAN ? TEXT : kind;
  }

  String column(Dice dice) {
    return dice.column(
        switch (this) {
          case INT -> dice.one("id", "a", "a", "b");
          case DOUBLE -> "c";
          case DECIMAL -> "d";
          case TEXT -> "s";
          case BOOLEAN -> "f";
          case DATE -> "dt";
          case TIMESTAMP -> "ts";
          case REAL -> "r";
          case TIME -> "tm";
          case UUID -> "uu";
          case BYTES -> "bb";
        });
  }

  String literal(Dice dice) {
    return switch (this) {
      case INT -> dice.one("0", "1", "2", "3", "-1", "7");
      case DOUBLE -> "CAST(" + dice.one("0.25", "1.5", "-2", "0") + " AS DOUBLE PRECISION)";
      case DECIMAL -> "CAST(" + dice.one("0.25", "1.50", "-2", "0") + " AS DECIMAL(10, 2))";
      case TEXT -> dice.one("'a'", "'B'", "''", "'abc'", "'%'", "' x'");
      case BOOLEAN -> dice.one("TRUE", "FALSE");
      case DATE -> dice.one("DATE '2024-02-29'", "DATE '2025-01-01'");
      case TIMESTAMP ->
          dice.one("TIMESTAMP '2024-02-29 23:59:59'", "TIMESTAMP '2025-01-01 00:00:00'");
      case REAL -> "CAST(" + dice.one("0.25", "1.5", "-2", "0") + " AS REAL)";
      case TIME -> dice.one("TIME '13:14:15'", "TIME '00:00:00'");
      case UUID -> "CAST('f23e4567-e89b-12d3-a456-426614174000' AS UUID)";
      case BYTES -> dice.one("X'00'", "X'7f'", "X'80'");
    };
  }
}

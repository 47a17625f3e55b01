package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.List;

/** Changes of the table {@code t}. */
final class RandomChange {
  private final Dice dice;
  private final RandomExpression values;

  RandomChange(Dice dice, RandomExpression values) {
    this.dice = dice;
    this.values = values;
  }

  RandomStatement next() {
    return RandomStatement.change(
        switch (dice.below(8)) {
          case 0, 1, 2, 3 -> update();
          case 4, 5 -> delete();
          case 6 -> insert();
          default -> merge();
        });
  }

  private String update() {
    dice.over("t");
    List<String> assignments = new ArrayList<>();
    assignments.add(
        dice.chance(50) ? "a = " + values.of(Kind.INT, 2) : "s = " + values.of(Kind.TEXT, 2));
    if (dice.chance(50)) {
      assignments.add("d = " + values.of(Kind.DECIMAL, 1));
    }
    if (dice.chance(30)) {
      assignments.add(
          dice.chance(50)
              ? "ts = " + values.of(Kind.TIMESTAMP, 2)
              : "dt = " + values.of(Kind.DATE, 2));
    }
    return "UPDATE t SET " + String.join(", ", assignments) + values.conditions().where();
  }

  private String delete() {
    dice.over("t");
    return "DELETE FROM t" + values.conditions().where();
  }

  private String insert() {
    dice.over("u");
    return "INSERT INTO t (id, a, d, s, ts) SELECT u.id + 100, "
        + values.of(Kind.INT, 1)
        + ", "
        + values.of(Kind.DECIMAL, 1)
        + ", "
        + values.of(Kind.TEXT, 1)
        + ", "
        + values.of(Kind.TIMESTAMP, 1)
        + " FROM u"
        + values.conditions().where();
  }

  private String merge() {
    dice.over("t", "w");
    String update = "WHEN MATCHED THEN UPDATE SET a = " + values.of(Kind.INT, 1) + ", s = w.s ";
    dice.over("w");
    String insert =
        "WHEN NOT MATCHED THEN INSERT (id, a, s, c) VALUES (w.id, "
            + values.of(Kind.INT, 1)
            + ", "
            + values.of(Kind.TEXT, 1)
            + ", w.c)";
    String source =
        dice.chance(50)
            ? "u AS w"
            : "(SELECT u.id, u.a, u.b, u.c, u.d, u.s, u.f, u.dt, u.ts FROM u WHERE u.a IS NOT NULL)"
                + " AS w";
    return "MERGE INTO t USING "
        + source
        + " ON t.id = w.id "
        + dice.one(update, update + insert, insert);
  }
}

package io.quiver.jdbc.oracle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Aggregates: of groups, of several groupings at once, with FILTER, DISTINCT and ORDER BY. */
final class RandomAggregate {
  private static final List<String> KEYS = List.of("t.a", "t.s", "t.f", "t.dt");
  private static final List<String> TYPES = List.of("INTEGER", "VARCHAR", "BOOLEAN", "DATE");

  private final Dice dice;
  private final RandomExpression values;

  RandomAggregate(Dice dice, RandomExpression values) {
    this.dice = dice;
    this.values = values;
  }

  RandomStatement next() {
    dice.over("t");
    Set<Integer> keys = new LinkedHashSet<>();
    for (int i = dice.below(3); i > 0; i--) {
      keys.add(dice.below(KEYS.size()));
    }
    List<Integer> all = List.copyOf(keys);
    List<String> calls = new ArrayList<>();
    for (int i = 0; i <= dice.below(3); i++) {
      calls.add(call());
    }
    String where = values.conditions().where();
    String having =
        dice.chance(30) ? " HAVING " + count() + dice.one(" > 1", " <= 3", " <> 2") : "";
    if (!all.isEmpty() && dice.chance(40)) {
      return groupings(all, calls, where, having);
    }
    return RandomStatement.query(
        query(
            names(all), calls, where, all.isEmpty() ? "" : String.join(", ", names(all)), having));
  }

  private static List<String> names(List<Integer> keys) {
    return keys.stream().map(KEYS::get).collect(Collectors.toList());
  }

  private static String query(
      List<String> parts, List<String> calls, String where, String groups, String having) {
    List<String> list = new ArrayList<>(parts);
    list.addAll(calls);
    return "SELECT "
        + String.join(", ", list)
        + " FROM t"
        + where
        + (groups.isEmpty() ? "" : " GROUP BY " + groups)
        + having;
  }

  /** H2 has none of these: it is asked for each grouping by itself. */
  private RandomStatement groupings(
      List<Integer> keys, List<String> calls, String where, String having) {
    List<List<Integer>> sets = new ArrayList<>();
    String clause;
    String names = String.join(", ", names(keys));
    switch (dice.below(3)) {
      case 0 -> {
        clause = "ROLLUP(" + names + ")";
        for (int kept = keys.size(); kept >= 0; kept--) {
          sets.add(keys.subList(0, kept));
        }
      }
      case 1 -> {
        clause = "CUBE(" + names + ")";
        for (int mask = 0; mask < 1 << keys.size(); mask++) {
          List<Integer> set = new ArrayList<>();
          for (int i = 0; i < keys.size(); i++) {
            if ((mask >> i & 1) != 0) {
              set.add(keys.get(i));
            }
          }
          sets.add(set);
        }
      }
      default -> {
        sets.add(keys);
        sets.add(List.of(keys.getLast()));
        if (dice.chance(50)) {
          sets.add(List.of());
        }
        clause =
            sets.stream()
                .map(set -> "(" + String.join(", ", names(set)) + ")")
                .collect(Collectors.joining(", ", "GROUPING SETS (", ")"));
      }
    }
    List<String> parts = new ArrayList<>(names(keys));
    names(keys).forEach(name -> parts.add("GROUPING(" + name + ")"));
    return RandomStatement.inOtherWords(
        query(parts, calls, where, clause, having),
        sets.stream()
            .map(
                set ->
                    query(partsOf(keys, set), calls, where, String.join(", ", names(set)), having))
            .collect(Collectors.joining(" UNION ALL ")));
  }

  private static List<String> partsOf(List<Integer> keys, List<Integer> set) {
    List<String> parts = new ArrayList<>();
    for (int key : keys) {
      parts.add(set.contains(key) ? KEYS.get(key) : "CAST(NULL AS " + TYPES.get(key) + ")");
    }
    for (int key : keys) {
      parts.add(set.contains(key) ? "0" : "1");
    }
    return parts;
  }

  private String count() {
    return dice.one("COUNT(*)", "COUNT(t.a)", "COUNT(DISTINCT t.s)");
  }

  private String call() {
    String call =
        switch (dice.below(13)) {
          case 0 -> count();
          case 1 -> "SUM(" + values.of(dice.chance(50) ? Kind.INT : Kind.DECIMAL, 1) + ")";
          case 2 -> "MIN(" + values.of(Kind.ordered(dice), 1) + ")";
          case 3 -> "MAX(" + values.of(Kind.ordered(dice), 1) + ")";
          case 4 -> "AVG(t.c)";
          case 5 -> dice.one("SUM(DISTINCT t.a)", "SUM(DISTINCT t.d)", "AVG(DISTINCT t.c)");
          case 6 -> "COUNT(DISTINCT " + values.of(Kind.ordered(dice), 1) + ")";
          case 7 -> dice.one("EVERY(t.f)", "BOOL_AND(t.f)", "BOOL_OR(t.f)");
          case 8 ->
              "LISTAGG("
                  + dice.one("t.s", "UPPER(t.s)")
                  + ", '-') WITHIN GROUP (ORDER BY "
                  + dice.one("t.id", "t.id DESC", "t.s, t.id DESC")
                  + ")";
          case 9 -> "ARRAY_AGG(t.id ORDER BY " + dice.one("t.id", "t.id DESC") + ")";
          case 10 ->
              "ROUND("
                  + dice.one("STDDEV_POP(t.c)", "VAR_SAMP(t.c)", "STDDEV_SAMP(t.c)", "VAR_POP(t.c)")
                  + ", 6)";
          case 11 -> "ROUND(AVG(t.d), 3)";
          default -> "SUM(CASE WHEN " + values.conditions().of(1) + " THEN 1 ELSE 0 END)";
        };
    return dice.chance(20) && !call.startsWith("ROUND") && !call.contains("SELECT")
        ? call + " FILTER (WHERE " + values.conditions().of(1) + ")"
        : call;
  }
}

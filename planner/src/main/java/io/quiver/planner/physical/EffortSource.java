package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How hard a search looks in one run: what its arguments or a hint say, else the session.
 *
 * @param targetRecall where it is said, ef_search is learnt for it
 */
record EffortSource(
    Optional<Evaluator> efSearch, Optional<Evaluator> exact, Optional<Evaluator> targetRecall) {
  /** Candidates of a graph walk where nobody says otherwise. */
  static final int DEFAULT_EF_SEARCH = 100;

  static final int MAX_EF_SEARCH = 100_000;
  private static final @Nullable Object[] NO_ROW = new Object[0];

  /** Candidates of a graph walk, 1 to 100,000. */
  int efSearch(Execution execution) {
    Object given = value(efSearch, execution);
    if (given == null) {
      given = execution.session().setting("ef_search").orElse(null);
    }
    if (given == null) {
      return DEFAULT_EF_SEARCH;
    }
    long ef = RowCount.number(given, "ef_search");
    if (ef < 1 || ef > MAX_EF_SEARCH) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              "ef_search is " + ef + ", not between 1 and " + MAX_EF_SEARCH,
              "use a number from 40 to 1000.")
          .asException();
    }
    return (int) ef;
  }

  boolean isExact(Execution execution) {
    Object given = value(exact, execution);
    if (given == null) {
      given = execution.session().setting("exact").orElse("false");
    }
    return Boolean.TRUE.equals(given) || "true".equalsIgnoreCase(String.valueOf(given));
  }

  /**
   * The share of the nearest that should be found, over 0 and at most 1; empty where ef_search says
   * how hard to look. The search's own ef_search counts more than the session's target.
   */
  Optional<Double> targetRecall(Execution execution) {
    Object given = value(targetRecall, execution);
    if (given == null) {
      if (efSearch.isPresent()) {
        return Optional.empty();
      }
      given = execution.session().setting("target_recall").orElse("0");
    }
    double target =
        given instanceof Number number
            ? number.doubleValue()
            : Double.parseDouble(given.toString());
    if (!(target >= 0 && target <= 1)) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              "target_recall is " + given + ", not between 0 and 1",
              "use a share such as 0.95.")
          .asException();
    }
    return target == 0 ? Optional.empty() : Optional.of(target);
  }

  private static @Nullable Object value(Optional<Evaluator> given, Execution execution) {
    return given.isEmpty() ? null : given.get().evaluate(NO_ROW, execution.bindings());
  }
}

package io.quiver.planner;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.physical.PlanNode;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is planned and runs: what {@link QuiverStatements} hands out as {@link
 * Prepared}.
 *
 * <p>Immutable and free of any session, so that the plan cache may give it to all.
 */
public interface PlannedStatement extends Prepared {
  /** Types of the parameters as the planner knows them, for converting values. */
  default List<RelDataType> parameterTypes() {
    return List.of();
  }

  @Override
  default List<ResultColumn> columns() {
    return List.of();
  }

  /** What EXPLAIN shows; empty where there is no plan to show. */
  default Optional<PlanNode> explained() {
    return Optional.empty();
  }

  /**
   * Runs it once.
   *
   * @param parameters converted to their types
   */
  StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop);

  /** Runs a write once for each row of parameters, as one commit; rows changed by each. */
  default long[] runBatch(Session session, List<@Nullable Object[]> rows, StopSignal stop) {
    throw SqlProblem.of(
            ErrorCode.NOT_SUPPORTED,
            "a batch holds a statement that is not an INSERT, UPDATE or DELETE",
            "run it by itself.")
        .asException();
  }

  /** Whether it may be kept for the next time the same text comes. */
  default boolean isCacheable() {
    return switch (kind()) {
      case QUERY, INSERT, UPDATE, DELETE, MERGE -> true;
      case DEFINITION, SETTING, TRANSACTION -> false;
    };
  }

  /** The text its runs are counted under: without the values it was given in the text. */
  default String countedAs() {
    return shownSql();
  }

  @Override
  default List<ResultType> parameters() {
    return parameterTypes().stream().map(ResultTypes::of).toList();
  }
}

package io.quiver.planner.explain;

import io.quiver.engine.Snapshot;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.MemoryCursor;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.QueryRunner;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.ExecutionProfile;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.RowSource;
import io.quiver.sql.parser.Explain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN of a query or a write.
 *
 * <p>Its result is one column, {@code PLAN}, with a line a row, so that every tool shows it. With
 * ANALYZE a query is run to its end and its rows are thrown away.
 *
 * @param plan of the statement that is explained
 * @param parameterTypes of that statement
 */
public record ExplainStatement(
    String sql,
    Explain explain,
    PlanNode plan,
    List<RelDataType> parameterTypes,
    QueryRunner runner)
    implements PlannedStatement {
  private static final ResultType TEXT =
      new ResultType(ResultType.Kind.VARCHAR, "VARCHAR", -1, 0, Optional.empty());

  @Override
  public Kind kind() {
    return Kind.QUERY;
  }

  @Override
  public List<ResultColumn> columns() {
    return List.of(new ResultColumn("PLAN", "", "", TEXT, false));
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    try (Snapshot snapshot = runner.snapshot(session)) {
      Optional<ExecutionProfile> profile =
          explain.analyze() ? Optional.of(new ExecutionProfile()) : Optional.empty();
      Execution execution = runner.execution(session, parameters, stop, snapshot, profile);
      if (explain.analyze()) {
        runToTheEnd(execution);
      }
      PlanTree tree = PlanTree.of(plan, execution, profile);
      List<@Nullable Object[]> rows = new ArrayList<>();
      List<String> lines =
          switch (explain.format()) {
            case TEXT -> tree.lines();
            case JSON -> List.of(tree.json());
          };
      lines.forEach(line -> rows.add(new Object[] {line}));
      return new StatementResult.Rows(new MemoryCursor(rows), execution.warnings());
    }
  }

  private void runToTheEnd(Execution execution) {
    try (RowSource rows = execution.open(plan)) {
      while (rows.next() != null) {
        execution.bindings().stop().check();
      }
    }
  }
}

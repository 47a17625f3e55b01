package io.quiver.planner;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.physical.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** A query as a statement. */
record QueryStatement(String sql, PlannedQuery query, QueryRunner runner)
    implements PlannedStatement {
  @Override
  public Kind kind() {
    return Kind.QUERY;
  }

  @Override
  public List<ResultColumn> columns() {
    return query.columns();
  }

  @Override
  public List<RelDataType> parameterTypes() {
    return query.parameters();
  }

  @Override
  public Optional<PlanNode> explained() {
    return Optional.of(query.plan());
  }

  @Override
  public List<String> planLines() {
    List<String> lines = new ArrayList<>();
    addPlan(query.plan(), "", lines);
    return lines;
  }

  private static void addPlan(PlanNode node, String indent, List<String> lines) {
    lines.add(indent + node.describe());
    for (PlanNode input : node.inputs()) {
      addPlan(input, indent + "  ", lines);
    }
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    return runner.run(query, session, parameters, stop);
  }
}

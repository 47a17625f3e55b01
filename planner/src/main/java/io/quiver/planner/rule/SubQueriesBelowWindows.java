package io.quiver.planner.rule;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Puts the sub-queries of a projection that has window functions too into a projection below it:
 * Calcite's rule for windows takes no sub-queries.
 */
final class SubQueriesBelowWindows extends RelShuttleImpl {
  private boolean windows;

  /** Whether it came upon a window. */
  boolean sawWindows() {
    return windows;
  }

  @Override
  public RelNode visit(LogicalProject given) {
    RelNode visited = super.visit(given);
    if (!(visited instanceof LogicalProject project)
        || !RexOver.containsOver(project.getProjects(), null)) {
      return visited;
    }
    windows = true;
    return project.getProjects().stream()
            .anyMatch(each -> RexUtil.SubQueryFinder.find(each) != null)
        ? parted(project)
        : project;
  }

  private static RelNode parted(LogicalProject project) {
    RelNode input = project.getInput();
    List<RexNode> below =
        new ArrayList<>(project.getCluster().getRexBuilder().identityProjects(input.getRowType()));
    List<RexNode> above = new ArrayList<>();
    RexShuttle moving =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            if (RexOver.containsOver(subQuery.getOperands(), null)) {
              throw SqlProblem.of(
                      ErrorCode.NOT_SUPPORTED,
                      "a window function cannot be looked for in a sub-query",
                      "compute it in a query in FROM, and compare its column.")
                  .asException();
            }
            below.add(subQuery);
            return new RexInputRef(below.size() - 1, subQuery.getType());
          }
        };
    project.getProjects().forEach(each -> above.add(each.accept(moving)));
    RelNode lower =
        LogicalProject.create(
            input, List.of(), below, (List<String>) null, project.getVariablesSet());
    return LogicalProject.create(
        lower, project.getHints(), above, project.getRowType().getFieldNames(), Set.of());
  }
}

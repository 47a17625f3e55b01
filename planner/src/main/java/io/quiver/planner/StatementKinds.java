package io.quiver.planner;

import io.quiver.engine.VectorEngine;
import io.quiver.planner.StatementPlanner.OtherStatements;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.definition.DefinitionRunner;
import io.quiver.planner.definition.DefinitionStatement;
import io.quiver.planner.definition.TableFromQuery;
import io.quiver.planner.explain.ExplainStatement;
import io.quiver.planner.setting.SettingStatement;
import io.quiver.planner.write.WritePlanner;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.parser.Explain;
import io.quiver.sql.parser.InsertOnConflict;
import io.quiver.sql.parser.Returning;
import io.quiver.sql.parser.SqlCommand;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import org.apache.calcite.sql.SqlNode;

/** Which class carries out which statement that is no query. */
final class StatementKinds implements OtherStatements {
  private final WritePlanner writes;
  private final DefinitionRunner definitions;
  private final Catalog catalog;

  StatementKinds(VectorEngine engine, Catalog catalog) {
    this.writes = new WritePlanner(engine);
    this.definitions = new DefinitionRunner(engine, catalog);
    this.catalog = catalog;
  }

  @Override
  public PlannedStatement write(SqlNode write, Planning planning) {
    return writes.plan(write, planning);
  }

  @Override
  public PlannedStatement command(SqlCommand node, Planning planning) {
    Command command = node.command();
    if (DefinitionRunner.handles(command)) {
      if (command instanceof CreateView view) {
        // A view whose query does not hold is refused now, with the position of what is wrong.
        planning.plan(view.query());
      }
      return new DefinitionStatement(planning.sql(), command, definitions, planning.runner());
    }
    if (SettingStatement.handles(command)) {
      return new SettingStatement(planning.sql(), command, catalog::current);
    }
    return switch (command) {
      case CreateTable create -> TableFromQuery.of(create, definitions, planning);
      case InsertOnConflict insert -> writes.plan(insert, planning);
      case Returning returning -> writes.plan(returning, planning);
      case Explain explain -> explain(explain, planning);
      default ->
          throw SqlProblem.at(
                  ErrorCode.NOT_SUPPORTED,
                  SqlPosition.of(node.getParserPosition()),
                  command.statementName() + " is not supported yet",
                  "see docs/sql.md for the statements there are.")
              .asException();
    };
  }

  private static PlannedStatement explain(Explain explain, Planning planning) {
    if (planning.statement(explain.statement()) instanceof QueryStatement query) {
      return new ExplainStatement(planning.sql(), explain, query.query(), planning.runner());
    }
    throw SqlProblem.at(
            ErrorCode.NOT_SUPPORTED,
            SqlPosition.of(explain.statement().getParserPosition()),
            "EXPLAIN of a statement that is no query is not supported yet",
            "explain the SELECT that finds its rows.")
        .asException();
  }
}

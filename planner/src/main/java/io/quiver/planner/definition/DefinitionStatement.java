package io.quiver.planner.definition;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.QueryRunner;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.parser.Command;
import org.jspecify.annotations.Nullable;

/** A definition as a statement. It is computed when it runs, from the catalog as it is then. */
public record DefinitionStatement(
    String sql, Command command, DefinitionRunner runner, QueryRunner queries)
    implements PlannedStatement {
  @Override
  public Kind kind() {
    return Kind.DEFINITION;
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    return runner.run(session, command, sql, queries, stop);
  }

  @Override
  public boolean isCacheable() {
    return false;
  }
}

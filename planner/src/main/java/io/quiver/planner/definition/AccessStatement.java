package io.quiver.planner.definition;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.MemoryCursor;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.parser.AccessCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement about users and rights. CREATE API KEY gives the key back: this once only. */
public record AccessStatement(String sql, AccessCommand command, AccessRunner runner)
    implements PlannedStatement {
  private static final ResultType TEXT =
      new ResultType(ResultType.Kind.VARCHAR, "VARCHAR", -1, 0, Optional.empty());

  @Override
  public Kind kind() {
    return Kind.DEFINITION;
  }

  @Override
  public List<ResultColumn> columns() {
    return command instanceof AccessCommand.CreateKey
        ? List.of(
            new ResultColumn("id", "", "", TEXT, false),
            new ResultColumn("api_key", "", "", TEXT, false))
        : List.of();
  }

  /** Without the password that it may hold. */
  @Override
  public String shownSql() {
    return command.statementName();
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    Optional<AccessRunner.NewKey> key = runner.run(session, command, sql);
    if (key.isEmpty()) {
      return new StatementResult.Changed(0, List.of());
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {key.get().id(), key.get().text()});
    return new StatementResult.Rows(new MemoryCursor(rows), List.of());
  }
}

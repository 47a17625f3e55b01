package io.quiver.planner;

import io.quiver.engine.VectorEngine;
import io.quiver.planner.StatementPlanner.OtherStatements;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.backup.BackupStatement;
import io.quiver.planner.copy.CopyFromStatement;
import io.quiver.planner.copy.CopyToStatement;
import io.quiver.planner.definition.AccessStatement;
import io.quiver.planner.definition.DefinitionRunner;
import io.quiver.planner.definition.DefinitionStatement;
import io.quiver.planner.definition.TableFromQuery;
import io.quiver.planner.explain.ExplainStatement;
import io.quiver.planner.setting.SettingStatement;
import io.quiver.planner.transaction.TransactionStatement;
import io.quiver.planner.write.Selects;
import io.quiver.planner.write.WritePlanner;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.parser.AccessCommand;
import io.quiver.sql.parser.Backup;
import io.quiver.sql.parser.BeginTransaction;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.CommitTransaction;
import io.quiver.sql.parser.CopyFrom;
import io.quiver.sql.parser.CopyTo;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.parser.Explain;
import io.quiver.sql.parser.InsertOnConflict;
import io.quiver.sql.parser.ReleaseSavepoint;
import io.quiver.sql.parser.Returning;
import io.quiver.sql.parser.RollbackToSavepoint;
import io.quiver.sql.parser.RollbackTransaction;
import io.quiver.sql.parser.Savepoint;
import io.quiver.sql.parser.SetTransaction;
import io.quiver.sql.parser.SqlCommand;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.time.Clock;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** Which class carries out which statement that is no query. */
final class StatementKinds implements OtherStatements {
  private final WritePlanner writes;
  private final DefinitionRunner definitions;
  private final Catalog catalog;

  StatementKinds(VectorEngine engine, Catalog catalog, Clock clock) {
    this.writes = new WritePlanner(engine);
    this.definitions = new DefinitionRunner(engine, catalog, clock);
    this.catalog = catalog;
  }

  @Override
  public PlannedStatement write(SqlNode write, Planning planning) {
    return writes.plan(write, planning);
  }

  @Override
  public PlannedStatement command(SqlCommand node, Planning planning) {
    Command command = node.command();
    if (command instanceof AccessCommand access) {
      if (access instanceof AccessCommand.CreatePolicy policy) {
        checkCondition(policy, planning);
      }
      return new AccessStatement(planning.sql(), access, definitions.access());
    }
    Rights rights = planning.schema().rights();
    if (!rights.isUnlimited() && !isForEverybody(command)) {
      throw notAllowed(node, command.statementName() + " is for administrators");
    }
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
    if (TransactionStatement.handles(command)) {
      return new TransactionStatement(planning.sql(), command, planning.runner().engine());
    }
    return switch (command) {
      case CreateTable create -> TableFromQuery.of(create, definitions, planning);
      case Backup backup ->
          new BackupStatement(
              planning.sql(),
              backup,
              SqlPosition.of(node.getParserPosition()),
              planning.runner().engine());
      case CopyFrom copy -> new CopyFromStatement(copy, planning);
      case CopyTo copy -> CopyToStatement.of(copy, planning);
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

  /** What a user may try who may not do everything; what it touches is checked where it is done. */
  private static boolean isForEverybody(Command command) {
    return DefinitionRunner.handles(command)
        || SettingStatement.handles(command)
        || switch (command) {
          case InsertOnConflict insert -> true;
          case Returning returning -> true;
          case CreateTable fromQuery -> true;
          case Explain explain -> true;
          case BeginTransaction begin -> true;
          case SetTransaction set -> true;
          case CommitTransaction commit -> true;
          case RollbackTransaction rollback -> true;
          case Savepoint savepoint -> true;
          case ReleaseSavepoint release -> true;
          case RollbackToSavepoint rollback -> true;
          default -> false;
        };
  }

  private static RuntimeException notAllowed(SqlNode node, String message) {
    return SqlProblem.at(
            ErrorCode.PRIVILEGE_MISSING,
            SqlPosition.of(node.getParserPosition()),
            message,
            "ask one, or connect as one.")
        .asException();
  }

  /** The condition of a policy must be one over a row of its table. */
  private static void checkCondition(AccessCommand.CreatePolicy policy, Planning planning) {
    Conditions.check(policy.condition());
    planning.plan(Selects.of(List.of(policy.condition()), policy.table(), policy.condition()));
  }

  private static PlannedStatement explain(Explain explain, Planning planning) {
    if (planning.schema().hidesRows()) {
      // A plan tells of rows that its reader may not see: how many, and in what order.
      throw notAllowed(
          explain.statement(), "EXPLAIN is for those whom no policy keeps rows of a table from");
    }
    PlannedStatement explained = planning.statement(explain.statement());
    if (explain.analyze() && explained.kind() != Prepared.Kind.QUERY) {
      throw SqlProblem.at(
              ErrorCode.NOT_SUPPORTED,
              SqlPosition.of(explain.statement().getParserPosition()),
              "EXPLAIN ANALYZE would carry the write out",
              "leave ANALYZE out, or explain the SELECT that finds its rows.")
          .asException();
    }
    return explained
        .explained()
        .<PlannedStatement>map(
            plan ->
                new ExplainStatement(
                    planning.sql(), explain, plan, explained.parameterTypes(), planning.runner()))
        .orElseThrow(
            () ->
                SqlProblem.at(
                        ErrorCode.NOT_SUPPORTED,
                        SqlPosition.of(explain.statement().getParserPosition()),
                        "there is no plan of this statement to show",
                        "explain a query or a write.")
                    .asException());
  }
}

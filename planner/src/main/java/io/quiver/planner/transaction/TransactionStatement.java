package io.quiver.planner.transaction;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.parser.BeginTransaction;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.CommitTransaction;
import io.quiver.sql.parser.ReleaseSavepoint;
import io.quiver.sql.parser.RollbackToSavepoint;
import io.quiver.sql.parser.RollbackTransaction;
import io.quiver.sql.parser.Savepoint;
import io.quiver.sql.parser.SetTransaction;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, SET TRANSACTION. */
public record TransactionStatement(String sql, Command command, VectorEngine engine)
    implements PlannedStatement {
  private static final String NONE = "No transaction is open: there is nothing to end";

  /** Whether the command is one this class carries out. */
  public static boolean handles(Command command) {
    return switch (command) {
      case BeginTransaction begin -> true;
      case SetTransaction set -> true;
      case CommitTransaction commit -> true;
      case RollbackTransaction rollback -> true;
      case Savepoint savepoint -> true;
      case RollbackToSavepoint back -> true;
      case ReleaseSavepoint release -> true;
      default -> false;
    };
  }

  @Override
  public Kind kind() {
    return Kind.TRANSACTION;
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    SessionTransaction transaction = session.transaction();
    boolean isActive = transaction.isActive();
    switch (command) {
      case BeginTransaction begin -> {
        checkIsolation(begin.isolation());
        transaction.begin(begin.readOnly());
      }
      case SetTransaction set -> {
        checkIsolation(set.isolation());
        if (!isActive) {
          return done("No transaction is open: SET TRANSACTION says nothing about later ones");
        }
        Boolean readOnly = set.readOnly();
        if (readOnly != null) {
          transaction.mode(readOnly);
        }
      }
      case CommitTransaction commit -> {
        transaction.commit();
        return isActive ? done() : done(NONE);
      }
      case RollbackTransaction rollback -> {
        transaction.rollback();
        return isActive ? done() : done(NONE);
      }
      case Savepoint savepoint -> transaction.savepoint(engine, savepoint.name().getSimple());
      case RollbackToSavepoint back -> transaction.rollbackTo(back.name().getSimple());
      case ReleaseSavepoint release -> transaction.release(release.name().getSimple());
      default -> throw new IllegalStateException("No such command: " + command.statementName());
    }
    return done();
  }

  private static StatementResult done(String... warnings) {
    return new StatementResult.Changed(0, List.of(warnings));
  }

  /** Lesser levels are served by REPEATABLE READ, as the standard allows. */
  private static void checkIsolation(@Nullable String isolation) {
    if ("SERIALIZABLE".equals(isolation)) {
      throw SqlProblem.of(
              ErrorCode.NOT_SUPPORTED,
              "isolation SERIALIZABLE is not offered",
              "REPEATABLE READ, a snapshot, is the level there is.")
          .asException();
    }
  }
}

package io.quiver.planner.backup;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.backup.BackupReport;
import io.quiver.engine.check.CheckReport;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.MemoryCursor;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.parser.Backup;
import io.quiver.sql.problem.SqlPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * BACKUP TO: a copy of every commit up to now, while others write, read again and checked before it
 * is reported.
 */
public record BackupStatement(String sql, Backup backup, SqlPosition position, VectorEngine engine)
    implements PlannedStatement {
  private static final ResultType TEXT =
      new ResultType(ResultType.Kind.VARCHAR, "VARCHAR", -1, 0, Optional.empty());
  private static final ResultType NUMBER =
      new ResultType(ResultType.Kind.BIGINT, "BIGINT", 19, 0, Optional.empty());

  @Override
  public Kind kind() {
    return Kind.DEFINITION;
  }

  @Override
  public List<ResultColumn> columns() {
    return List.of(
        new ResultColumn("directory", "", "", TEXT, false),
        new ResultColumn("position", "", "", NUMBER, false),
        new ResultColumn("files", "", "", NUMBER, false),
        new ResultColumn("bytes", "", "", NUMBER, false));
  }

  @Override
  public boolean isCacheable() {
    return false;
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    Path directory = BackupPlace.of(session, backup.directory(), position);
    BackupReport report = engine.backup(directory, stop);
    CheckReport check = CopyCheck.of(directory);
    if (check.isDamaged()) {
      throw new CorruptDataException(
          "The backup in "
              + directory
              + " does not read back as it was written: "
              + check.findings().getFirst().message()
              + " Check the disk, and back up to another place.");
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(
        new Object[] {
          directory.toString(), report.position(), (long) report.files(), report.bytes()
        });
    return new StatementResult.Rows(new MemoryCursor(rows), List.of());
  }
}

package io.quiver.planner.copy;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.RowCursor;
import io.quiver.planner.Session;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.StatementResult;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.WriteNode;
import io.quiver.planner.transfer.RowWriter;
import io.quiver.planner.write.Selects;
import io.quiver.sql.parser.CopyTo;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * COPY TO: the rows of a table or query as a file, which is there whole or not at all: it is
 * written under another name and then takes its own.
 *
 * @param query gives the rows
 */
public record CopyToStatement(CopyTo copy, PlannedQuery query, Planning planning)
    implements PlannedStatement {
  /** The statement, its query planned. */
  public static CopyToStatement of(CopyTo copy, Planning planning) {
    SqlNode source = copy.source();
    SqlNode query =
        source instanceof SqlIdentifier table
            ? Selects.of(List.of(SqlIdentifier.star(table.getParserPosition())), table, null)
            : source;
    return new CopyToStatement(copy, planning.plan(query), planning);
  }

  @Override
  public String sql() {
    return planning.sql();
  }

  @Override
  public Kind kind() {
    return Kind.UPDATE;
  }

  @Override
  public List<RelDataType> parameterTypes() {
    return query.parameters();
  }

  @Override
  public Optional<PlanNode> explained() {
    return Optional.of(new WriteNode("CopyTo(file=" + copy.file() + ")", List.of(query.plan())));
  }

  @Override
  public boolean isCacheable() {
    return false;
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    CopyOptions.checkAllowed(session, copy.source().getParserPosition());
    CopyOptions options =
        CopyOptions.of(copy.file(), copy.options(), copy.source().getParserPosition());
    CopyOptions.checkWriting(copy.options());
    if (Files.isDirectory(options.file())) {
      throw CopyOptions.problem(
          ErrorCode.INPUT_OUTPUT,
          copy.source().getParserPosition(),
          options.file().toAbsolutePath() + " is a directory",
          "give the name of a file in it.");
    }
    Path part = options.file().resolveSibling(options.file().getFileName() + ".part");
    long written = 0;
    try {
      StatementResult.Rows rows = planning.runner().run(query, session, parameters, stop);
      try (RowCursor cursor = rows.cursor();
          RowWriter file = RowFile.create(part, options, query.rowType())) {
        while (cursor.next()) {
          file.write(cursor.row());
          written++;
        }
      }
      sync(part, StandardOpenOption.WRITE);
      Files.move(part, options.file(), StandardCopyOption.REPLACE_EXISTING);
      sync(options.file().toAbsolutePath().resolveSibling(""), StandardOpenOption.READ);
      return new StatementResult.Changed(written, rows.warnings());
    } catch (IOException e) {
      remove(part);
      throw SqlProblem.of(
              ErrorCode.INPUT_OUTPUT,
              "file " + options.file().toAbsolutePath() + " cannot be written: " + e,
              "give a path that can be written on the machine the database runs on.")
          .asException();
    } catch (RuntimeException | Error e) {
      remove(part);
      throw e;
    }
  }

  /** Brings a file's bytes, or a folder's names, to the disk: what COPY tells of stays written. */
  private static void sync(Path file, OpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(file, how)) {
      channel.force(true);
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException stays) {
      System.getLogger(CopyToStatement.class.getName())
          .log(System.Logger.Level.WARNING, "The file {0} could not be removed", part);
    }
  }
}

package io.quiver.planner.definition;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.QueryRunner;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AlterIndex;
import io.quiver.sql.parser.AlterTable;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.CommentOn;
import io.quiver.sql.parser.CreateFunction;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.CreateSchema;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.parser.DropFunction;
import io.quiver.sql.parser.DropIndex;
import io.quiver.sql.parser.DropSchema;
import io.quiver.sql.parser.DropTable;
import io.quiver.sql.parser.DropView;
import io.quiver.sql.parser.OptimizeTable;
import io.quiver.sql.parser.Reindex;
import io.quiver.sql.parser.TruncateTable;
import io.quiver.sql.problem.ErrorCode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Carries out definition statements, one at a time.
 *
 * <p>Each is computed from the catalog as it is, committed as one record of the log, and seen by
 * every statement that begins after it.
 */
public final class DefinitionRunner {
  private final VectorEngine engine;
  private final Catalog catalog;
  private final DefinitionLog log;
  private final DependentViews views;
  private final IndexStatements indexes;
  private final SchemaStatements schemas;
  private final ViewStatements viewStatements;
  private final TableStatements tables;
  private final AlterTableStatement alterTable;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final AccessRunner access;

  public DefinitionRunner(VectorEngine engine, Catalog catalog, Clock clock) {
    this.engine = engine;
    this.catalog = catalog;
    this.log = new DefinitionLog(engine, catalog);
    this.views = new DependentViews(catalog);
    this.indexes = new IndexStatements(catalog, log);
    this.schemas = new SchemaStatements(catalog, log, views);
    this.viewStatements = new ViewStatements(catalog, log, views);
    this.access = new AccessRunner(engine, catalog, clock, oneAtATime);
    this.tables = new TableStatements(engine, catalog, log, views, access);
    this.alterTable = new AlterTableStatement(engine, catalog, log, views);
  }

  /** Carries out statements about users, in turn with those here. */
  public AccessRunner access() {
    return access;
  }

  /** Who may not do everything defines in schemas where they have CREATE, and nothing else. */
  private void checkMay(Session session, Command command) {
    Rights rights = session.rights(catalog.current());
    if (rights.isUnlimited()) {
      return;
    }
    SqlIdentifier name =
        switch (command) {
          case CreateTable create -> create.name();
          case DropTable drop -> drop.name();
          case CreateIndex create -> create.table();
          case DropIndex drop -> drop.name();
          case CreateView create -> create.name();
          case DropView drop -> drop.name();
          case TruncateTable truncate -> truncate.name();
          case OptimizeTable optimize -> optimize.name();
          case AlterTable alter -> alter.name();
          default -> null;
        };
    String schema =
        name == null ? "" : name.names.size() > 1 ? name.names.getFirst() : session.schema();
    if (name == null || !rights.on(schema).contains(Privilege.CREATE)) {
      throw DefinitionProblem.at(
          ErrorCode.PRIVILEGE_MISSING,
          name == null ? SqlParserPos.ZERO : name.getParserPosition(),
          "The user may not define anything here: " + command.statementName(),
          "Ask an administrator to GRANT CREATE ON SCHEMA.");
    }
  }

  /** Whether the command is one this class carries out. */
  public static boolean handles(Command command) {
    return switch (command) {
      case CreateTable create -> create.query() == null;
      case DropTable drop -> true;
      case AlterTable alter -> true;
      case AlterIndex alter -> true;
      case CommentOn comment -> true;
      case CreateIndex create -> true;
      case DropIndex drop -> true;
      case CreateFunction create -> true;
      case DropFunction drop -> true;
      case CreateSchema create -> true;
      case DropSchema drop -> true;
      case CreateView create -> true;
      case DropView drop -> true;
      case TruncateTable truncate -> true;
      case OptimizeTable optimize -> true;
      case Reindex reindex -> true;
      default -> false;
    };
  }

  /**
   * Carries out a command.
   *
   * @param sql the statement's text, from which views keep their query
   * @param queries looks at the rows of a table that is altered
   */
  public StatementResult run(
      Session session, Command command, String sql, QueryRunner queries, StopSignal stop) {
    checkMay(session, command);
    if (command instanceof OptimizeTable optimize) {
      optimize(log.names(session).table(optimize.name()), stop);
      return done();
    }
    if (command instanceof Reindex reindex) {
      optimize(
          reindex.table()
              ? log.names(session).table(reindex.name())
              : indexes.owner(session, reindex.name()),
          stop);
      return done();
    }
    oneAtATime.lock();
    try {
      Optional<AlterTable> alter =
          switch (command) {
            case AlterTable itself -> Optional.of(itself);
            case CreateIndex create when create.unique() -> indexes.unique(session, create);
            case DropIndex drop -> indexes.droppedUnique(session, drop);
            default -> Optional.empty();
          };
      if (alter.isPresent()) {
        alterTable.alter(session, alter.get(), new StatementText(sql), queries, stop);
      } else if (!(command instanceof CreateIndex create && create.unique())) {
        define(session, command, sql);
      }
    } finally {
      oneAtATime.unlock();
    }
    return done();
  }

  /**
   * CREATE TABLE AS, without its rows.
   *
   * @return the table; empty where there was one, and IF NOT EXISTS
   */
  Optional<TableDefinition> create(
      Session session, CreateTable create, List<ColumnDefinition> queried, String sql) {
    checkMay(session, create);
    oneAtATime.lock();
    try {
      return tables.create(session, create, queried, new StatementText(sql)::of);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Takes back a table that could not be filled. */
  void takeBack(TableDefinition table) {
    oneAtATime.lock();
    try {
      catalog
          .current()
          .table(table.schema(), table.name())
          .filter(each -> each.id() == table.id())
          .ifPresent(
              each ->
                  log.commit(
                      DefinitionLog.drops(each),
                      new CatalogChange.DropTable(each.schema(), each.name())));
    } finally {
      oneAtATime.unlock();
    }
  }

  private static StatementResult done() {
    return new StatementResult.Changed(0, List.of());
  }

  private void optimize(TableDefinition table, StopSignal stop) {
    engine.optimize(table.id(), stop);
  }

  private void define(Session session, Command command, String sql) {
    StatementText text = new StatementText(sql);
    switch (command) {
      case CreateTable create -> tables.create(session, create, List.of(), text::of);
      case DropTable drop -> tables.drop(session, drop);
      case CreateIndex create -> indexes.create(session, create, text::of);
      case AlterIndex alter -> indexes.alter(session, alter);
      case CommentOn comment ->
          log.commit(
              List.of(),
              new CommentDefiner(
                      catalog.current(), log.names(session), name -> indexes.owner(session, name))
                  .change(comment));
      case DropIndex drop -> indexes.drop(session, drop);
      case CreateFunction create ->
          new FunctionDefiner(catalog.current())
              .create(create)
              .ifPresent(change -> log.commit(List.of(), change));
      case DropFunction drop ->
          new FunctionDefiner(catalog.current())
              .drop(drop)
              .ifPresent(
                  change ->
                      log.commit(
                          List.of(),
                          views.keepingViews(
                              change,
                              false,
                              drop.name().getParserPosition(),
                              "function " + drop.name())));
      case CreateSchema create -> schemas.create(create);
      case DropSchema drop -> schemas.drop(drop);
      case CreateView create -> viewStatements.create(session, create, text);
      case DropView drop -> viewStatements.drop(session, drop);
      case TruncateTable truncate -> tables.truncate(log.names(session).table(truncate.name()));
      default -> throw new IllegalStateException("Not a definition: " + command.statementName());
    }
  }
}
